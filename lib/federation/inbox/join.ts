import { and, eq, isNull } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import { excerpt } from "#lib/html.ts";
import { contentId } from "#lib/ids.ts";
import { asLocale } from "#lib/locale/index.ts";
import {
  answerFromElsewhere,
  leaveFromElsewhere,
  type RemotePerson,
  type RemoteSource,
  type Word,
} from "#lib/participation/remote/commands.ts";
import { eventsVisibleTo, keeperId } from "#lib/policy/event.ts";
import type { Obstacle } from "#lib/policy/participation.ts";
import type { ActorRow } from "../actors.ts";
import { eventUri, ownHandle, ownId } from "../addresses.ts";
import { repeat, say } from "../outbox/say.ts";
import { textOf } from "../remote/values.ts";
import { onGroupJoin, onGroupLeave } from "./group.ts";
import type { Effect, Received } from "./receive.ts";

const { actors, events } = schema;

/** Somebody of another server, as an organiser sees them on the list. */
export const personOf = (actor: ActorRow): RemotePerson => ({
  id: actor.id,
  name: actor.name,
  handle: actor.handle,
  host: actor.host!,
});

type Hosted = { event: typeof events.$inferSelect; host: ActorRow };

/** One of our events with its host, as far as somebody elsewhere may know of it. By primary key. */
export async function hosted(
  { db, sender }: Pick<Received, "db" | "sender">,
  id: string | null,
): Promise<Hosted | null> {
  if (!id) return null;
  const [found] = await db
    .select({ event: events, host: actors })
    .from(events)
    .innerJoin(actors, eq(actors.id, keeperId))
    .where(and(eq(events.id, id), isNull(events.uri), eventsVisibleTo({ kind: "remote", actorId: sender.id })));
  return found ?? null;
}

/** What somebody elsewhere says of coming, by which door, and what is to be said when it cannot be. */
export type Said = {
  word: Word;
  source: RemoteSource;
  /** The id that the answer names. */
  uri: string;
  refuse: (tx: Transaction, found: Hosted, obstacle: Obstacle) => Promise<unknown>;
};

/** Takes a word on an event of ours; whatever stands in its way is said: never silence. */
export async function takeWord(received: Received, eventId: string | null, said: Said): Promise<Effect> {
  const { sender, raw } = received;
  const found = await hosted(received, eventId);
  // Who has a place gives it back by that word also where it is for them no more.
  if (!found && said.word === "no") return leave(received, eventId);
  if (!found || !sender.inbox) return null;
  const { event } = found;
  const { word, source, uri, refuse } = said;
  const message = excerpt(textOf(raw.participationMessage), "text/html", 1000);
  const answer = { word, source, uri, message, language: asLocale(event.language) };
  return async (tx, again) => {
    const obstacle = sender.suspendedAt
      ? ("event-not-open" as const)
      : await answerFromElsewhere(tx, personOf(sender), event.id, { ...answer, again });
    if (obstacle) await refuse(tx, found, obstacle);
  };
}

/**
 * Somebody asks for a seat (Mobilizon, FEP-8a8e, WordPress): Accept, Reject, or Ignore where the seats are elsewhere. Or to be
 * a member of a group.
 */
export async function onJoin(received: Received): Promise<Effect> {
  const { sender, actor, id } = received;
  if (ownHandle(received.object)) return onGroupJoin(received);
  return takeWord(received, ownId(received.object, "events"), {
    word: "yes",
    source: "join",
    uri: id,
    refuse: async (tx, { event, host }, obstacle) => {
      const external = obstacle === "join-external";
      const object = external ? id : { type: "Join", id, actor, object: eventUri(event) };
      const said = {
        actor: host,
        type: external ? "Ignore" : "Reject",
        objectId: event.id,
        fact: `refusal ${sender.id} ${contentId(id)}`,
        body: { object, to: [actor] },
        inboxes: [sender.inbox!],
      };
      if (!(await say(tx, said))) await repeat(tx, said.fact);
    },
  });
}

/** Somebody gives their place back, or leaves a group. */
export const onLeave = async (received: Received): Promise<Effect> =>
  ownHandle(received.object)
    ? onGroupLeave(received, received.object!)
    : leave(received, ownId(received.object, "events"));

/** Ends the place of whoever sent this at an event of ours, also one that they see no more. `of`: what is taken back, where that alone ends. */
export function leave({ sender }: Received, eventId: string | null, of: string | null = null): Effect {
  return eventId === null ? null : (tx) => leaveFromElsewhere(tx, personOf(sender), eventId, of);
}
