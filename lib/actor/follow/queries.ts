import { and, asc, eq, gt, inArray, isNull, ne } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";

const { actors, follows } = schema;

/** How one of the profiles stands to somebody; null: no such thing. By `follows_pair`. */
export async function getFollow(db: Db, followerIds: string[], followedId: string) {
  if (followerIds.length === 0) return null;
  const [row] = await db
    .select({ followerId: follows.followerId, state: follows.state })
    .from(follows)
    .where(
      and(inArray(follows.followerId, followerIds), eq(follows.followedId, followedId), ne(follows.state, "ended")),
    )
    .limit(1);
  return row ?? null;
}

/** Whom the profiles follow, by name, 200 at most. By `follows_pair`. */
export function listFollowed(db: Db, followerIds: string[]) {
  if (followerIds.length === 0) return Promise.resolve([]);
  return db
    .select({
      id: actors.id,
      name: actors.name,
      handle: actors.handle,
      host: actors.host,
      type: actors.type,
      state: follows.state,
    })
    .from(follows)
    .innerJoin(actors, eq(actors.id, follows.followedId))
    .where(and(inArray(follows.followerId, followerIds), ne(follows.state, "ended")))
    .orderBy(asc(actors.name), asc(actors.id))
    .limit(200);
}

/** Who of this server follows somebody, by their ids. By `follows_followed`. */
export async function listFollowersHere(db: Db, followedId: string): Promise<string[]> {
  const rows = await db
    .select({ id: follows.followerId })
    .from(follows)
    .innerJoin(actors, eq(actors.id, follows.followerId))
    .where(and(eq(follows.followedId, followedId), eq(follows.state, "accepted"), isNull(actors.host)))
    .orderBy(asc(follows.id));
  return rows.map(({ id }) => id);
}

/** Who follows the profiles, or asked to, in the order in which they came, from after `after` (a row's id) on. By `follows_followed`. */
export function listFollowers(
  db: Db,
  followedIds: string[],
  { state, after, limit }: { state: "pending" | "accepted"; after?: string; limit: number },
) {
  if (followedIds.length === 0) return Promise.resolve([]);
  return db
    .select({
      id: follows.id,
      followedId: follows.followedId,
      name: actors.name,
      handle: actors.handle,
      host: actors.host,
      type: actors.type,
      createdAt: follows.createdAt,
    })
    .from(follows)
    .innerJoin(actors, eq(actors.id, follows.followerId))
    .where(
      and(
        inArray(follows.followedId, followedIds),
        eq(follows.state, state),
        isNull(actors.suspendedAt),
        after ? gt(follows.id, after) : undefined,
      ),
    )
    .orderBy(asc(follows.id))
    .limit(limit);
}
