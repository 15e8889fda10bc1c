import { and, eq, inArray, isNull, ne, or, sql } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { eraseCommentsOf } from "#lib/discussion/comment/commands.ts";
import { eraseMessagesOf } from "#lib/discussion/thread/commands.ts";
import { deleteEvent } from "#lib/event/commands.ts";
import { departFromGroups } from "#lib/group/departure/commands.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { eraseParticipation } from "#lib/participation/erasure/commands.ts";
import { listOwnLinks } from "#lib/participation/mine/queries.ts";
import { operator } from "#lib/policy/viewer.ts";
import { forgetWriters } from "#lib/post/commands.ts";
import { eraseResourcesOf } from "#lib/resource/commands.ts";

const { accounts, actors, events, eventStaff } = schema;

/**
 * Ends what somebody who deleted their account had begun: their events are removed (participants are told), what they
 * helped with and the groups that they belonged to go on without them, their participations erased (the seats are free),
 * what they said and the links that they shared too, their names taken from the posts of groups, their profiles emptied. The
 * handles stay theirs. May run twice.
 */
export async function concludeDeparture(db: Database, accountId: string): Promise<void> {
  const [account] = await db.select().from(accounts).where(eq(accounts.id, accountId));
  if (account?.state !== "leaving") return;
  const profiles = await db
    .select({ id: actors.id })
    .from(actors)
    .where(and(eq(actors.accountId, accountId), isNull(actors.deletedAt)));
  for (const { id } of profiles) {
    const own = await db
      .select({ id: events.id })
      .from(events)
      .where(and(or(eq(events.organizerId, id), eq(events.authorId, id)), ne(events.state, "deleted")));
    for (const event of own) await deleteEvent(db, operator, event.id);
  }
  for (const { id } of profiles) await departFromGroups(db, id);
  if (profiles.length > 0)
    await db.delete(eventStaff).where(
      inArray(
        eventStaff.actorId,
        profiles.map(({ id }) => id),
      ),
    );
  for (const token of await listOwnLinks(db, account)) await eraseParticipation(db, token);
  await transact(db, async (tx) => {
    await tx
      .update(actors)
      .set({
        name: "",
        summary: "",
        locality: null,
        iconId: null,
        imageId: null,
        deletedAt: sql`now()`,
        updatedAt: sql`now()`,
      })
      .where(and(eq(actors.accountId, accountId), isNull(actors.deletedAt)));
    const ids = profiles.map(({ id }) => id);
    for (const commentId of await eraseCommentsOf(tx, ids)) await enqueue(tx, "comment-out", { commentId });
    for (const messageId of await eraseMessagesOf(tx, ids)) await enqueue(tx, "message-out", { messageId });
    for (const resourceId of await eraseResourcesOf(tx, ids)) await enqueue(tx, "resource-out", { resourceId });
    await forgetWriters(tx, ids);
    for (const actorId of ids) await enqueue(tx, "actor-out", { actorId });
  });
}
