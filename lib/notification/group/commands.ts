import { and, eq, exists, isNull, ne, or } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { deleteEvent } from "#lib/event/commands.ts";
import { enqueueMails } from "#lib/jobs/enqueue.ts";
import { operator } from "#lib/policy/viewer.ts";
import { deletePostsOf } from "#lib/post/commands.ts";

const { actors, discussions, events, groupLog, memberships, resources } = schema;

/**
 * Ends what a closed group had begun: its events and posts are removed (participants are told), its members told with one
 * mail an account, and nobody's membership, words, links or deed is kept. The handle stays the group's. May run twice.
 */
export async function concludeGroup(db: Database, groupId: string): Promise<void> {
  const [group] = await db.select().from(actors).where(eq(actors.id, groupId));
  if (!group?.deletedAt) return;
  const own = await db
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.organizerId, groupId), ne(events.state, "deleted")));
  for (const { id } of own) await deleteEvent(db, operator, id);
  await transact(db, async (tx) => {
    const members = await tx
      .selectDistinct({ accountId: actors.accountId })
      .from(memberships)
      .innerJoin(actors, eq(actors.id, memberships.memberId))
      .where(and(eq(memberships.groupId, groupId), eq(memberships.state, "member")));
    const told = members.flatMap(({ accountId }) => (accountId ? [accountId] : []));
    if (told.length > 0)
      await enqueueMails(
        tx,
        told.map((accountId) => ({
          message: "group-closed",
          accountId,
          data: { groupId },
          dedupe: `group-closed ${groupId} ${accountId}`,
        })),
      );
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
    await tx.delete(groupLog).where(eq(groupLog.groupId, groupId));
  });
}
