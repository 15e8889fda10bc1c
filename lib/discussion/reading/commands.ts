import { sql } from "drizzle-orm";
import { type Database, type Db, schema, transact } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { getDiscussion } from "../thread/queries.ts";

const { discussionReaders } = schema;

type Place = { id: string; discussionId: string };

/** Remembers that somebody has read a discussion up to one of its messages; never less far than before. */
export async function readUpTo(db: Db, { accountId }: AccountViewer, { id, discussionId }: Place): Promise<void> {
  const until = sql`(select m.created_at from discussion_messages m where m.id = ${id} and m.discussion_id = ${discussionId})`;
  await db
    .insert(discussionReaders)
    .values({ discussionId, accountId, readAt: until })
    .onConflictDoUpdate({
      target: [discussionReaders.discussionId, discussionReaders.accountId],
      set: { readAt: sql`greatest(${discussionReaders.readAt}, excluded.read_at)` },
    });
}

/** The same, as a member's wish. @throws Refusal not-found. */
export async function markRead(db: Database, viewer: AccountViewer, { id, discussionId }: Place): Promise<void> {
  await transact(db, async (tx) => {
    if (!isId(id) || !(await getDiscussion(tx, viewer, discussionId))) throw new Refusal("not-found");
    await readUpTo(tx, viewer, { id, discussionId });
  });
}

/**
 * Keeps how often an account wishes to hear of a discussion; null: as of all of them. What is switched on again begins
 * now. Whoever holds its mailed link may be no member any more: then it says nothing.
 */
export async function chooseCadence(
  db: Db,
  { accountId, discussionId }: { accountId: string; discussionId: string },
  cadence: string | null,
): Promise<void> {
  await db.execute(sql`
    insert into discussion_readers (discussion_id, account_id, cadence)
    select d.id, a.id, ${cadence} from discussions d, accounts a where d.id = ${discussionId} and a.id = ${accountId}
    on conflict (discussion_id, account_id) do update set cadence = excluded.cadence,
      told_at = case when discussion_readers.cadence = 'off' and excluded.cadence is distinct from 'off'
        then now() else discussion_readers.told_at end`);
}
