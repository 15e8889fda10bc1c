import { eq } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { contentId } from "#lib/ids.ts";
import type { Word } from "#lib/participation/remote/commands.ts";
import { ownId } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { explainObstacle } from "../outbox/answers.ts";
import { idOf, isObject, textOf } from "../remote/values.ts";
import { takeWord } from "./join.ts";
import type { Effect, Received } from "./receive.ts";

const { activities, events } = schema;

/** How Friendica and Hubzilla say whether one comes: they answer the event itself. Hubzilla's "rather no" has no seat either. */
export const words: Record<string, Word> = {
  Accept: "yes",
  TentativeAccept: "maybe",
  TentativeReject: "maybe",
  Reject: "no",
};

/**
 * The event of ours that such an answer is about: named, embedded, or inside what told of it, our Create or their Invite.
 * Ids alone count. Null: it answers something else.
 */
export async function answeredEvent(db: Received["db"], object: unknown): Promise<string | null> {
  const embedded: Json = isObject(object) ? object : {};
  const type = textOf(embedded.type);
  // Those answer what we asked for.
  if (type === "Join" || type === "Follow") return null;
  const named = ownId(idOf(object), "events") ?? ownId(idOf(embedded.object), "events");
  if (named) return named;
  const activity = ownId(idOf(object), "activities");
  if (!activity) return null;
  const [row] = await db
    .select({ type: activities.type, eventId: events.id })
    .from(activities)
    .innerJoin(events, eq(events.id, activities.objectId))
    .where(eq(activities.id, activity));
  return row && ["Create", "Update", "Announce", "Invite"].includes(row.type) ? row.eventId : null;
}

/** Yes, maybe or no to an event of ours: nobody waits for an answer, but what stands in the way is said. */
export function takeAnswer(received: Received, eventId: string, word: Word): Promise<Effect> {
  const { sender, id } = received;
  return takeWord(received, eventId, {
    word,
    source: "invite",
    uri: id,
    refuse: (tx, found, obstacle) =>
      explainObstacle(tx, { ...found, person: sender }, obstacle, { fact: `refusal ${sender.id} ${contentId(id)}` }),
  });
}
