import { and, eq, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import { type Db, schema, type Transaction, transact } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { operator, type Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { absolute } from "#lib/urls.ts";
import { listFollowersHere } from "./queries.ts";

const { actors, follows } = schema;

const actsAs = (viewer: Viewer, actorId: string): boolean =>
  viewer.kind === "operator" || (viewer.kind === "account" && viewer.actorIds.includes(actorId));

/**
 * Lets one of one's own profiles follow somebody, here at once, or of another server, which is asked. Again: nothing.
 * @throws Refusal forbidden, not-found, group-moved.
 */
export async function follow(db: Db, viewer: Viewer, followerId: string, followedId: string): Promise<void> {
  if (!actsAs(viewer, followerId)) throw new Refusal("forbidden");
  await transact(db, async (tx) => {
    const [followed] = await tx
      .select()
      .from(actors)
      .where(and(eq(actors.id, followedId), isNull(actors.deletedAt), isNull(actors.suspendedAt)));
    if (!followed || followed.id === followerId) throw new Refusal("not-found");
    if (followed.type === "Group" && followed.movedTo) throw new Refusal("group-moved");
    const id = newId();
    const here = followed.host === null;
    const state = here && !followed.approvesFollowers ? "accepted" : "pending";
    const values = { id, followerId, followedId, state, uri: absolute(`/activities/${id}`) };
    const [row] = await tx
      .insert(follows)
      .values(values)
      .onConflictDoUpdate({
        target: [follows.followerId, follows.followedId],
        set: { id, state, uri: values.uri },
        setWhere: eq(follows.state, "ended"),
      })
      .returning();
    if (row && !here) await enqueue(tx, "follow-out", { followId: id });
  });
}

/**
 * Ends it; places at what is for followers alone are given back. What was not there stays so.
 * @throws Refusal forbidden.
 */
export async function unfollow(db: Db, viewer: Viewer, followerId: string, followedId: string): Promise<void> {
  if (!actsAs(viewer, followerId)) throw new Refusal("forbidden");
  await transact(db, async (tx) => {
    if (await end(tx, followerId, followedId)) await leaveCircle(tx, { followerId, followedId });
  });
}

/** Ends what somebody here follows, whose server is told. Returns whether it was there. By `follows_pair`. */
async function end(tx: Transaction, followerId: string, followedId: string): Promise<boolean> {
  const pair = and(eq(follows.followerId, followerId), eq(follows.followedId, followedId), ne(follows.state, "ended"));
  const [row] = await tx.update(follows).set({ state: "ended" }).where(pair).returning();
  if (row) await enqueue(tx, "follow-out", { followId: row.id });
  return row !== undefined;
}

type Pair = Pick<typeof follows.$inferSelect, "followerId" | "followedId">;

const leaveCircle = (tx: Transaction, { followerId, followedId }: Pair): Promise<void> =>
  enqueue(tx, "circle-left", { organizerId: followedId, actorId: followerId });

/** Ends what somebody of another server follows, by their own word: nothing is left of it. By `follows_pair`, or the primary key. */
export async function unfollowFromElsewhere(
  tx: Transaction,
  followerId: string,
  of: { id: string } | { followedId: string },
): Promise<void> {
  const one = "id" in of ? eq(follows.id, of.id) : eq(follows.followedId, of.followedId);
  await drop(tx, and(eq(follows.followerId, followerId), one));
}

/** Ends what follows between two of whom one blocks the other, both ways: nothing is left of it. By `follows_pair`. */
export async function endBetween(tx: Transaction, one: string, other: string): Promise<void> {
  const way = (from: string, to: string) => and(eq(follows.followerId, from), eq(follows.followedId, to));
  await drop(tx, or(way(one, other), way(other, one)));
}

async function drop(tx: Transaction, which: SQL | undefined): Promise<void> {
  for (const row of await tx.delete(follows).where(which).returning()) await leaveCircle(tx, row);
}

/** Whoever of this server follows somebody asks to follow where they are now, and follows them no more where they were. */
export async function followOver(tx: Transaction, fromId: string, toId: string): Promise<void> {
  for (const id of await listFollowersHere(tx, fromId)) {
    if (id !== toId) await follow(tx, operator, id, toId);
    // What they have a place at goes on there.
    await end(tx, id, fromId);
  }
}

/**
 * Accepts somebody who asked to follow one of one's own profiles, or declines; also one who follows already, whose places at what
 * is for followers alone are given back. Again: nothing.
 * @throws Refusal not-found, also for another's.
 */
export async function answerFollow(db: Db, viewer: Viewer, followId: string, accepted: boolean): Promise<void> {
  await transact(db, async (tx) => {
    const [row] = await tx.select().from(follows).where(eq(follows.id, followId)).for("update");
    if (!row || row.state === "ended" || !actsAs(viewer, row.followedId)) throw new Refusal("not-found");
    const state = accepted ? "accepted" : "rejected";
    if (row.state === state) return;
    await tx.update(follows).set({ state }).where(eq(follows.id, followId));
    if (row.state === "accepted") await leaveCircle(tx, row);
    await enqueue(tx, "follow-answer", { followId });
  });
}

/** Whether whoever asks to follow one of one's own profiles waits for an answer. @throws Refusal not-found, also for another's. */
export async function queueFollowers(db: Db, viewer: Viewer, actorId: string, queued: boolean): Promise<void> {
  if (!actsAs(viewer, actorId)) throw new Refusal("not-found");
  await transact(db, async (tx) => {
    await tx
      .update(actors)
      .set({ approvesFollowers: queued, updatedAt: sql`now()` })
      .where(and(eq(actors.id, actorId), isNull(actors.host)));
    await enqueue(tx, "actor-out", { actorId });
  });
}
