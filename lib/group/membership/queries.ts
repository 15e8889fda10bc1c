import { and, asc, eq, gt, inArray, ne, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { containing, nameOf } from "#lib/actor/queries.ts";
import type { GroupRole } from "#lib/policy/group.ts";

const { actors, memberships } = schema;

const person = {
  handle: actors.handle,
  host: actors.host,
  name: sql<string>`${nameOf(actors)}`,
  iconId: actors.iconId,
};

const role = sql<GroupRole>`${memberships.role}`;

/** A name or handle that holds these letters. */
const called = (words: string): SQL | undefined =>
  words ? containing(sql`${actors.name} || ' ' || ${actors.handle}`, words) : undefined;

export type MemberRow = Awaited<ReturnType<typeof listMembers>>[number];

/**
 * One page of a group's members in the order in which they came, after the membership `after`: all, or those with a role
 * besides, or those who let their name show. By `memberships_list`, `memberships_leaders`.
 */
export const listMembers = (
  db: Db,
  groupId: string,
  {
    words = "",
    leaders = false,
    shown = false,
    after,
    limit,
  }: { words?: string; leaders?: boolean; shown?: boolean; after?: string; limit: number },
) =>
  db
    .select({
      id: memberships.id,
      memberId: memberships.memberId,
      role,
      shown: memberships.shown,
      joinedAt: memberships.joinedAt,
      ...person,
    })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.memberId))
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.state, "member"),
        leaders ? ne(memberships.role, "member") : undefined,
        shown ? eq(memberships.shown, true) : undefined,
        called(words),
        after ? gt(memberships.id, after) : undefined,
      ),
    )
    .orderBy(asc(memberships.id))
    .limit(limit);

/** Those who ask to come in, the first first, a page after `after`. By `memberships_list`. */
export const listRequests = (db: Db, groupId: string, { after, limit }: { after?: string; limit: number }) =>
  db
    .select({ id: memberships.id, message: memberships.message, askedAt: memberships.updatedAt, ...person })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.memberId))
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.state, "requested"),
        after ? gt(memberships.id, after) : undefined,
      ),
    )
    .orderBy(asc(memberships.id))
    .limit(limit);

/** How many members a group has, how many ask to come in, and how many are invited. By `memberships_list`. */
export async function countMembers(db: Db, groupId: string) {
  const [row] = await db
    .select({
      members: sql<number>`count(*) filter (where ${memberships.state} = 'member')::int`,
      requests: sql<number>`count(*) filter (where ${memberships.state} = 'requested')::int`,
      invited: sql<number>`count(*) filter (where ${memberships.state} = 'invited')::int`,
    })
    .from(memberships)
    .where(and(eq(memberships.groupId, groupId), inArray(memberships.state, ["member", "requested", "invited"])));
  return row!;
}

/** All that somebody is or was to groups, for the export of their data. By `actors_account`, `memberships_member`. */
export function listMemberships(db: Db, accountId: string) {
  const own = sql`select a.id from ${actors} a where a.account_id = ${accountId}`;
  return db
    .select({
      group: { id: actors.id, handle: actors.handle, host: actors.host, name: actors.name },
      as: sql<string>`(select a.handle from ${actors} a where a.id = ${memberships.memberId})`,
      role,
      state: memberships.state,
      shown: memberships.shown,
      message: memberships.message,
      joinedAt: memberships.joinedAt,
      createdAt: memberships.createdAt,
      updatedAt: memberships.updatedAt,
    })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.groupId))
    .where(sql`${memberships.memberId} in (${own})`)
    .orderBy(asc(memberships.id));
}
