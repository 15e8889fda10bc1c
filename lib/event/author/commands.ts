import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";
import type { AuthorMessage } from "#lib/jobs/kinds.ts";

const { actors, groupLog } = schema;

type Event = Pick<typeof schema.events.$inferSelect, "id" | "endTime">;

/** What a group did to an event; `authorId`: whoever made it. `fact` tells it from the same at another time. */
type Deed = { groupId: string; authorId: string; fact?: string };

/** Has whoever made an event for a group mailed what that did to it, unless it is over. By primary key. */
export async function tellAuthor(
  tx: Transaction,
  message: AuthorMessage,
  { id, endTime }: Event,
  { groupId, authorId, fact = groupId }: Deed,
): Promise<void> {
  const [author] = await tx.select({ accountId: actors.accountId }).from(actors).where(eq(actors.id, authorId));
  if (!author?.accountId || endTime < new Date()) return;
  const told = { data: { eventId: id, groupId }, dedupe: `${message}:${id}:${fact}` };
  await enqueueMail(tx, { message, accountId: author.accountId, ...told });
}

/** Whoever made an event of a group of this server, by its log; null: nobody knows, or they did (`byId`) what is to be told. By `group_log_page`. */
export async function makerOf(tx: Transaction, groupId: string, eventId: string, byId: string): Promise<string | null> {
  const made = and(eq(groupLog.kind, "event-made"), eq(groupLog.objectId, eventId), isNotNull(groupLog.actorId));
  const [row] = await tx
    .select({ id: groupLog.actorId })
    .from(groupLog)
    .where(
      and(
        eq(groupLog.groupId, groupId),
        made,
        sql`(select a.account_id from ${actors} a where a.id = ${groupLog.actorId}) is distinct from
          (select b.account_id from ${actors} b where b.id = ${byId})`,
      ),
    )
    .orderBy(desc(groupLog.id))
    .limit(1);
  return row?.id ?? null;
}
