import { and, eq, notInArray } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { settleAway } from "#lib/participation/away/commands.ts";
import { keeperId } from "#lib/policy/event.ts";
import { localActor } from "../actors.ts";
import { activityUri, ownHandle, ownId, sameOrigin } from "../addresses.ts";
import { idOf, isObject, textOf } from "../remote/values.ts";
import { onAskAnswered, onSaidRefused } from "./asked.ts";
import { onEventRefused } from "./event.ts";
import { onMembershipAnswer } from "./membership.ts";
import type { Effect, Received } from "./receive.ts";
import { answeredEvent, takeAnswer, words } from "./word.ts";

const { actors, events, follows, participations } = schema;
type FollowRow = typeof follows.$inferSelect;

/**
 * Yes, maybe, rather no or no: to an event of ours (Friendica, Hubzilla), or, of the plain two, to a Follow, a Join or an
 * Invite of ours; no also to what one of ours said in a group.
 */
export async function onAnswer(received: Received): Promise<Effect> {
  const { db, type, object, raw } = received;
  // By a group it is no answer to an invitation.
  const refused = type === "Reject" ? await onEventRefused(received) : null;
  if (refused) return refused;
  const event = await answeredEvent(db, isObject(raw.object) ? raw.object : object);
  if (event) return takeAnswer(received, event, words[type]!);
  if (type !== "Accept" && type !== "Reject") return null;
  const accepted = type === "Accept";
  const known =
    (await onMembershipAnswer(received, accepted)) ??
    (await onAskAnswered(received, object, accepted)) ??
    (accepted ? null : await onSaidRefused(received));
  return known ?? settle(received, accepted ? "accepted" : "rejected");
}

/**
 * The WordPress bridge takes no Join: whoever asked is led to the event's own page instead. Believed from the event's host.
 */
export async function onIgnore(received: Received): Promise<Effect> {
  const found = await askedFor(received, received.object);
  if (!found) return null;
  const { participation, event } = found;
  return async (tx) => {
    const left = { state: "left", leftAt: new Date(), updatedAt: new Date() };
    await tx.update(participations).set(left).where(eq(participations.id, participation.id));
    const externalParticipationUrl = event.externalParticipationUrl ?? event.url ?? event.uri;
    await tx.update(events).set({ joinMode: "external", externalParticipationUrl }).where(eq(events.id, event.id));
  };
}

/** The answer to what we asked for: believed from whom we asked, or for a group's event from the same server. By primary key. */
async function settle({ db, sender, object, raw }: Received, state: "accepted" | "rejected"): Promise<Effect> {
  const id = ownId(object, "activities");
  const embedded = isObject(raw.object) ? raw.object : null;
  // Some answer a Follow without the id that it had: who, and whom, name it as well.
  if (!id && textOf(embedded?.type) === "Follow") {
    const follow = await followBy(db, ownHandle(idOf(embedded?.actor)), sender.id);
    return follow && settleFollow(follow, state);
  }
  if (!id) return null;
  const [follow] = await db.select().from(follows).where(eq(follows.id, id));
  if (follow) return follow.followedId === sender.id ? settleFollow(follow, state) : null;
  const found = await askedFor({ db, sender }, object);
  return found && ((tx) => settleAway(tx, found.participation.id, state));
}

/** What one of ours asked for by a Join, if the sender may answer it. By `participations_uri`. */
async function askedFor({ db, sender }: Pick<Received, "db" | "sender">, object: string | null) {
  const id = ownId(object, "activities");
  if (!id) return null;
  const [row] = await db
    .select({ participation: participations, event: events, host: actors })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .innerJoin(actors, eq(actors.id, keeperId))
    .where(eq(participations.uri, activityUri(id)));
  return row?.host.uri && sameOrigin(row.host.uri, sender.uri!) ? row : null;
}

/** How somebody here follows the sender. By `follows_pair`. */
async function followBy(db: Received["db"], handle: string | null, followedId: string): Promise<FollowRow | null> {
  const follower = handle ? await localActor(db, handle) : null;
  if (!follower) return null;
  const pair = and(eq(follows.followerId, follower.id), eq(follows.followedId, followedId));
  const [follow] = await db.select().from(follows).where(pair);
  return follow ?? null;
}

/** What was ended meanwhile stays so: its Undo is still to be told. Once it is accepted, what was said before is read. */
const settleFollow =
  ({ id, followedId }: FollowRow, state: "accepted" | "rejected"): Effect =>
  async (tx) => {
    const open = and(eq(follows.id, id), notInArray(follows.state, ["ended", state]));
    const [settled] = await tx.update(follows).set({ state }).where(open).returning({ id: follows.id });
    if (settled && state === "accepted") await enqueue(tx, "read-outbox", { actorId: followedId });
  };
