import { and, eq } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { unfollowFromElsewhere } from "#lib/actor/follow/commands.ts";
import { ownHandle, ownId } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { idOf, isObject, textOf } from "../remote/values.ts";
import { unfollow } from "./follow.ts";
import { onGroupJoinUndone, onGroupLeave } from "./group.ts";
import { leave } from "./join.ts";
import { onInviteUndone } from "./membership.ts";
import type { Effect, Received } from "./receive.ts";
import { answeredEvent, words } from "./word.ts";

const { events, follows, participations } = schema;

/**
 * Somebody takes back what they said. What it was is read from what is embedded; that it was theirs is known by their
 * own row alone: nobody undoes for another. snac names the followed actor itself.
 */
export async function onUndo(received: Received): Promise<Effect> {
  const { db, sender, object, raw } = received;
  const embedded: Json = isObject(raw.object) ? raw.object : {};
  const type = textOf(embedded.type);
  const about = idOf(embedded.object);
  if (ownHandle(object)) return unfollow(received, object!);
  if (type === "Follow" && about) return unfollow(received, about);
  if (type === "Join" && ownHandle(about)) return onGroupLeave(received, about!, idOf(embedded));
  if (type === "Join" && about) return leave(received, ownId(about, "events"));
  if (Object.hasOwn(words, type)) {
    const event = await answeredEvent(db, embedded.object);
    // Friendica takes the old word back when somebody says another: whichever arrives first, the newer one holds.
    if (event) return leave(received, event, idOf(embedded));
  }
  if (!object) return null;
  // By its id alone: one of the rows that this very sender made.
  const [follow] = await db
    .select({ id: follows.id })
    .from(follows)
    .where(and(eq(follows.followerId, sender.id), eq(follows.uri, object)));
  if (follow) return (tx) => unfollowFromElsewhere(tx, sender.id, follow);
  const [row] = await db
    .select({ eventId: events.id })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .where(and(eq(participations.actorId, sender.id), eq(participations.uri, object)));
  if (row) return leave(received, row.eventId, object);
  return (await onGroupJoinUndone(received, object)) ?? onInviteUndone(received, object);
}
