import { and, eq } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { joinObstacle } from "#lib/policy/participation.ts";
import type { ActorRow } from "../actors.ts";
import { describePoll } from "../objects/poll.ts";
import { explainObstacle } from "./answers.ts";
import { repeat, say } from "./say.ts";

const { polls } = schema;

type Asking = {
  event: typeof schema.events.$inferSelect;
  /** Who asks: the event itself where it is followed, else its host. Mastodon hides what strangers write. */
  author: ActorRow;
  asked: ActorRow;
  source: "follow" | "reply";
  inReplyTo: string | null;
};

/**
 * Asks one person of another server whether they come, by a poll for them alone: only ever because they wished it. There is
 * one for each event and person; who asks for it again gets the same. Where nobody can come any more, they are told so.
 */
export async function askByPoll(tx: Transaction, { event, author, asked, source, inReplyTo }: Asking): Promise<void> {
  const fact = `poll ${event.id} ${asked.id}`;
  // Who finds all places taken may still say maybe.
  const obstacle = joinObstacle({ ...event, maximumAttendeeCapacity: null }, 1, new Date());
  if (obstacle) return explainObstacle(tx, { event, host: author, person: asked }, obstacle, { fact, inReplyTo });
  const t = translator(asLocale(event.language));
  const options: [string, string, string] = [
    t("federation.pollYes"),
    t("federation.pollMaybe"),
    t("federation.pollNo"),
  ];
  const id = newId();
  await tx.insert(polls).values({ id, eventId: event.id, actorId: asked.id, source, options }).onConflictDoNothing();
  const [poll] = await tx
    .select()
    .from(polls)
    .where(and(eq(polls.eventId, event.id), eq(polls.actorId, asked.id)));
  const object = describePoll(poll!, { event, author, asked, inReplyTo });
  const body = { object, to: object.to, cc: object.cc };
  const said = { actor: author, type: "Create", objectId: poll!.id, fact, body, inboxes: [asked.inbox!] };
  if (!(await say(tx, said)) && source === "reply") await repeat(tx, fact);
}
