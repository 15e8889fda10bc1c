import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";

/**
 * A column beside `discussions`: up to when the viewer has read it; before they were a member there was nothing to read.
 * By primary key and `memberships_pair`.
 */
export const readUntil = ({ accountId, actorIds }: AccountViewer): SQL => sql`coalesce(
  (select r.read_at from discussion_readers r where r.discussion_id = discussions.id and r.account_id = ${accountId}),
  (select min(s.joined_at) from memberships s where s.group_id = discussions.group_id and s.state = 'member'
    and ${actorIds.length > 0 ? inArray(sql`s.member_id`, actorIds) : sql`false`}))`;

const { discussionReaders: readers } = schema;

/** How often an account wishes to hear of one discussion; null: as of all. By primary key. */
export async function getChosenCadence(db: Db, accountId: string, discussionId: string): Promise<string | null> {
  const [row] = await db
    .select({ cadence: readers.cadence })
    .from(readers)
    .where(and(eq(readers.discussionId, discussionId), eq(readers.accountId, accountId)));
  return row?.cadence ?? null;
}

/** What somebody has read, and how often they wish to hear of it, for the export of their data. By `discussion_readers_account`. */
export const listReading = (db: Db, accountId: string) =>
  db
    .select({ discussionId: readers.discussionId, readAt: readers.readAt, cadence: readers.cadence })
    .from(readers)
    .where(eq(readers.accountId, accountId));
