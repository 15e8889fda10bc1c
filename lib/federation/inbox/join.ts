import { eq } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { excerpt } from "#lib/html.ts";
import { asLocale } from "#lib/locale/index.ts";
import { joinFromElsewhere, leaveFromElsewhere, type RemotePerson } from "#lib/participation/remote/commands.ts";
import { canSeeEvent } from "#lib/policy/event.ts";
import type { ActorRow } from "../actors.ts";
import { actorUri, eventUri, ownId } from "../addresses.ts";
import { say } from "../outbox/say.ts";
import { textOf } from "../remote/values.ts";
import type { Effect, Received } from "./receive.ts";

const { actors, events } = schema;

export const personOf = (actor: ActorRow): RemotePerson => ({
  id: actor.id,
  name: actor.name,
  handle: actor.handle,
  host: actor.host!,
});

/** One of our events with its host, as far as somebody elsewhere may know of it. */
async function hosted({ db, sender }: Pick<Received, "db" | "sender">, id: string | null) {
  if (!id) return null;
  const [found] = await db
    .select({ event: events, host: actors })
    .from(events)
    .innerJoin(actors, eq(actors.id, events.organizerId))
    .where(eq(events.id, id));
  if (!found || found.event.uri !== null || !canSeeEvent({ kind: "remote", actorId: sender.id }, found.event))
    return null;
  return found;
}

/** Somebody asks for a seat (Mobilizon, FEP-8a8e, WordPress). Never silence: Accept, Reject, or Ignore where it is elsewhere. */
export const onJoin = (received: Received): Promise<Effect> => request(received, received.object, "join");

/** The same in the words of Friendica and Hubzilla, who accept the event itself: nobody waits for an answer. */
export const onAcceptOfEvent = (received: Received, event: string): Promise<Effect> =>
  request(received, event, "invite");

async function request(received: Received, object: string | null, source: "join" | "invite"): Promise<Effect> {
  const { sender, actor, id, raw } = received;
  const found = await hosted(received, ownId(object, "events"));
  if (!found || !sender.inbox) return null;
  const { event, host } = found;
  const inboxes = [sender.inbox];
  const join = { type: "Join", id, actor, object: eventUri(event) };
  return async (tx) => {
    const message = excerpt(textOf(raw.participationMessage), "text/html", 1000);
    const language = asLocale(event.language);
    const obstacle = await joinFromElsewhere(tx, personOf(sender), event.id, { uri: id, source, message, language });
    if (!obstacle || source !== "join") return;
    const external = obstacle === "join-external";
    const body = { object: external ? id : join, to: [actorUri(sender)] };
    const fact = `refusal ${sender.id} ${id}`.slice(0, 200);
    await say(tx, { actor: host, type: external ? "Ignore" : "Reject", objectId: event.id, fact, body, inboxes });
  };
}

/** Somebody gives their place back. */
export const onLeave = async (received: Received): Promise<Effect> => leave(received, received.object);

export async function leave(received: Received, object: string | null): Promise<Effect> {
  const found = await hosted(received, ownId(object, "events"));
  if (!found) return null;
  return (tx) => leaveFromElsewhere(tx, personOf(received.sender), found.event.id);
}
