import { and, eq, exists, isNull, ne, or } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { deleteEvent } from "#lib/event/commands.ts";
import { takeOutAll } from "#lib/event/remote/commands.ts";
import { enqueueMails, type MailOrder } from "#lib/jobs/enqueue.ts";
import { operator } from "#lib/policy/viewer.ts";
import { deletePostsOf } from "#lib/post/commands.ts";

const { actors, discussions, events, groupLog, memberships, resources, transfers } = schema;

/**
 * Ends what a closed group had begun: its events and posts are removed (participants are told; what lives on other servers goes
 * on there), its members told with one
 * mail an account, and nobody's membership, words, links or deed is kept. The handle stays the group's. May run twice.
 */
export async function concludeGroup(db: Database, groupId: string): Promise<void> {
  const [group] = await db.select().from(actors).where(eq(actors.id, groupId));
  if (!group?.deletedAt) return;
  await transact(db, (tx) => takeOutAll(tx, groupId, { ours: true }));
  const own = await db
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.organizerId, groupId), ne(events.state, "deleted")));
  for (const { id } of own) await deleteEvent(db, operator, id);
  await transact(db, async (tx) => {
    await tellEnded(tx, groupId);
    // Those of other servers are told by theirs, and forgotten then.
    const here = tx
      .select({ id: actors.id })
      .from(actors)
      .where(and(eq(actors.id, memberships.memberId), isNull(actors.host)));
    await tx
      .delete(memberships)
      .where(and(eq(memberships.groupId, groupId), or(isNull(memberships.memberId), exists(here))));
    await deletePostsOf(tx, groupId);
    await tx.delete(discussions).where(eq(discussions.groupId, groupId));
    await tx.delete(resources).where(eq(resources.groupId, groupId));
    await tx.delete(transfers).where(eq(transfers.groupId, groupId));
    await tx.delete(groupLog).where(eq(groupLog.groupId, groupId));
  });
}

/** Tells the members of a group, of this server or another, that it is no more: one mail an account. By `memberships_list`. */
export async function tellEnded(tx: Transaction, groupId: string): Promise<void> {
  const members = await tx
    .selectDistinct({ accountId: actors.accountId })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.memberId))
    .where(and(eq(memberships.groupId, groupId), eq(memberships.state, "member")));
  const orders = members.flatMap(({ accountId }): MailOrder[] => {
    if (!accountId) return [];
    return [{ message: "group-closed", accountId, data: { groupId }, dedupe: `group-closed ${groupId} ${accountId}` }];
  });
  if (orders.length > 0) await enqueueMails(tx, orders);
}
