import { and, eq } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { localActor } from "../actors.ts";
import { activityUri, ownHandle, ownId, sameOrigin } from "../addresses.ts";
import { idOf, isObject, textOf } from "../remote/values.ts";
import { leave, onAcceptOfEvent } from "./join.ts";
import type { Effect, Received } from "./receive.ts";

const { activities, actors, events, follows, participations } = schema;

/** Yes: to a Follow or a Join of ours; or, from Friendica and Hubzilla, to an event of ours, or to the Create that told of it. */
export async function onAccept(received: Received): Promise<Effect> {
  const event = await eventOf(received);
  if (event) return onAcceptOfEvent(received, event);
  return settle(received, "accepted");
}

/** No, in the same two senses. */
export async function onReject(received: Received): Promise<Effect> {
  const event = await eventOf(received);
  if (event) return leave(received, event);
  return settle(received, "rejected");
}

/** The event of ours that an answer is about: named, embedded, or inside our Create of it. Ids alone count. */
async function eventOf({ db, object, raw }: Received): Promise<string | null> {
  const named = [object, isObject(raw.object) ? idOf(raw.object.object) : null];
  const type = isObject(raw.object) ? textOf(raw.object.type) : "";
  if (type === "Join" || type === "Follow") return null;
  const found = named.find((id) => ownId(id, "events"));
  if (found) return found;
  const activity = ownId(object, "activities");
  if (!activity) return null;
  const [row] = await db.select().from(activities).where(eq(activities.id, activity));
  if (row?.type !== "Create" && row?.type !== "Update") return null;
  const [event] = await db.select({ id: events.id }).from(events).where(eq(events.id, row.objectId));
  return event ? idOf((JSON.parse(row.document) as { object: unknown }).object) : null;
}

/** The answer to what we asked for: believed from whom we asked, or for a group's event from the same server. */
async function settle({ db, sender, object, raw }: Received, state: "accepted" | "rejected"): Promise<Effect> {
  const id = ownId(object, "activities");
  const embedded = isObject(raw.object) ? raw.object : null;
  // Some answer a Follow without the id that it had: who, and whom, name it as well.
  if (!id && textOf(embedded?.type) === "Follow")
    return settleFollow(db, sender.id, ownHandle(idOf(embedded?.actor)), state);
  if (!id) return null;
  const [follow] = await db
    .select()
    .from(follows)
    .where(eq(follows.uri, activityUri(id)));
  if (follow)
    return follow.followedId === sender.id
      ? async (tx) => {
          await tx.update(follows).set({ state }).where(eq(follows.id, follow.id));
          if (state === "accepted") await enqueue(tx, "read-outbox", { actorId: sender.id });
        }
      : null;
  const [row] = await db
    .select({ participation: participations, host: actors })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .innerJoin(actors, eq(actors.id, events.organizerId))
    .where(eq(participations.uri, activityUri(id)));
  if (!row?.host.uri || !sameOrigin(row.host.uri, sender.uri!)) return null;
  const { participation } = row;
  if (!["pending", "accepted", "waitlisted"].includes(participation.state)) return null;
  return (tx) =>
    tx.update(participations).set({ state, decidedAt: new Date() }).where(eq(participations.id, participation.id));
}

async function settleFollow(
  db: Received["db"],
  followedId: string,
  handle: string | null,
  state: string,
): Promise<Effect> {
  const follower = handle ? await localActor(db, handle) : null;
  if (!follower) return null;
  const pair = and(eq(follows.followerId, follower.id), eq(follows.followedId, followedId));
  return (tx) => tx.update(follows).set({ state }).where(pair);
}
