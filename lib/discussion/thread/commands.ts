import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { type Db, schema, type Transaction, transact } from "#db/client.ts";
import { askAway, type Decided } from "#lib/group/ask/commands.ts";
import { lockGroup } from "#lib/group/commands.ts";
import { type Deed, writeLog } from "#lib/group/log/commands.ts";
import { isId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { spend } from "#lib/limits/commands.ts";
import { canName, canPin } from "#lib/policy/discussion.ts";
import type { GroupRight } from "#lib/policy/group.ts";
import type { AccountViewer, RemoteViewer, Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import type { Mark } from "./input.ts";

const { discussionMessages, discussions, flags } = schema;

/**
 * A discussion with its group, of this server or another, which is locked until the transaction ends: members come and go, and write, one at a time.
 * @throws Refusal not-found, also for who has not this right in the group; gone.
 */
export async function lockDiscussion(tx: Transaction, viewer: Viewer, id: string, right: GroupRight) {
  if (!isId(id)) throw new Refusal("not-found");
  const here = eq(discussions.id, id);
  const [known] = await tx.select({ groupId: discussions.groupId }).from(discussions).where(here);
  if (!known) throw new Refusal("not-found");
  const group = await lockGroup(tx, viewer, known.groupId, right, { anywhere: true });
  const [discussion] = await tx.select().from(discussions).where(here);
  if (!discussion) throw new Refusal("not-found");
  if (discussion.deletedAt) throw new Refusal("gone");
  return { group, discussion };
}

/** Whoever writes in a group: here, or from another server. */
export type Speaker = AccountViewer | RemoteViewer;

/** By whom what somebody writes is counted: their account, or they themselves elsewhere. */
export const payer = (viewer: Speaker): string => (viewer.kind === "account" ? viewer.accountId : viewer.actorId);

/**
 * Gives a discussion another title, which the server of a group elsewhere is asked for; the group's log says so.
 * @throws Refusal not-found, gone, too-many-requests.
 */
export async function nameDiscussion(
  db: Db,
  viewer: Speaker,
  id: string,
  { name }: { name: string },
): Promise<Decided> {
  return transact(db, async (tx) => {
    const { group, discussion } = await lockDiscussion(tx, viewer, id, "discuss");
    if (!canName(viewer, group, discussion)) throw new Refusal("not-found");
    if (discussion.name === name) return "done";
    await spend(tx, "discuss", payer(viewer));
    return decide(tx, viewer, group, { kind: "discussion-named", object: { id, name } }, { name });
  });
}

type Columns = Partial<typeof discussions.$inferInsert>;
type Decision = { kind: Deed; object: { id: string; name: string } };
type Ground = Pick<Awaited<ReturnType<typeof lockGroup>>, "id" | "host" | "actorId">;

/** What becomes of a discussion: at once where its group is; elsewhere, its server is asked. */
async function decide(
  tx: Transaction,
  viewer: Viewer,
  { id: groupId, host, actorId }: Ground,
  { kind, object }: Decision,
  columns: Columns,
): Promise<Decided> {
  const entry = { groupId, actorId, kind, object };
  if (host !== null) return askAway(tx, entry);
  await change(tx, object.id, columns);
  await writeLog(tx, entry);
  // What was said from elsewhere is passed on as it came, or told by who took it.
  if (viewer.kind !== "remote") await enqueue(tx, "discussion-out", { discussionId: object.id });
  return "done";
}

/** Writes what a discussion is from now on. */
export async function change(tx: Transaction, id: string, columns: Columns): Promise<void> {
  await tx
    .update(discussions)
    .set({ ...columns, updatedAt: sql`now()` })
    .where(eq(discussions.id, id));
}

const changes = {
  locked: { locked: true },
  unlocked: { locked: false },
  pinned: { pinned: true },
  unpinned: { pinned: false },
} as const satisfies Record<Mark, Partial<typeof discussions.$inferInsert>>;

/**
 * Locks a discussion, puts it above the others, or takes that back: for those who decide. Again: nothing. The server of a
 * group elsewhere is asked to lock it; what stands first in its list is its own. @throws Refusal not-found, gone.
 */
export async function markDiscussion(db: Db, viewer: Viewer, id: string, mark: Mark): Promise<Decided> {
  return transact(db, async (tx) => {
    const { group, discussion } = await lockDiscussion(tx, viewer, id, "moderate");
    const marked: { locked?: boolean; pinned?: boolean } = changes[mark];
    if (marked.pinned !== undefined && !canPin(group)) throw new Refusal("not-found");
    if (discussion.locked === marked.locked || discussion.pinned === marked.pinned) return "done";
    return decide(tx, viewer, group, { kind: `discussion-${mark}`, object: discussion }, marked);
  });
}

/**
 * Deletes a discussion with all that was said in it: for those who decide; the server of a group elsewhere is asked to. Its
 * address stays taken. Returns its group, and what became of it.
 * @throws Refusal not-found, gone.
 */
export async function deleteDiscussion(db: Db, viewer: Viewer, id: string) {
  return transact(db, async (tx) => {
    const { group, discussion } = await lockDiscussion(tx, viewer, id, "moderate");
    const { handle, host } = group;
    const decision = { kind: "discussion-deleted", object: discussion } as const;
    const decided = await decide(tx, viewer, group, decision, erasedDiscussion());
    if (decided === "done") await eraseWords(tx, id);
    return { handle, host, decided };
  });
}

/** What is left of a discussion that is deleted. */
export const erasedDiscussion = () => ({ name: "", pinned: false, deletedAt: new Date() });

/** Deletes all that was said in a discussion. By `discussion_messages_list`. */
export async function eraseWords(tx: Transaction, discussionId: string): Promise<void> {
  await tx
    .update(discussionMessages)
    .set(erased)
    .where(and(eq(discussionMessages.discussionId, discussionId), isNull(discussionMessages.deletedAt)));
}

/** What is left of a message that is deleted. */
export const erased = { content: "", mentions: [], formerlyNamed: [], language: "und", deletedAt: sql`now()` };

/**
 * Erases what some profiles said among the members of groups, also where a report shows it; its places stay. Returns the
 * ids. By `discussion_messages_actor`, `flags_actor`.
 */
export async function eraseMessagesOf(db: Db, actorIds: string[]): Promise<string[]> {
  if (actorIds.length === 0) return [];
  await db.update(flags).set({ quote: null }).where(inArray(flags.actorId, actorIds));
  const rows = await db
    .update(discussionMessages)
    .set(erased)
    .where(and(inArray(discussionMessages.actorId, actorIds), isNull(discussionMessages.deletedAt)))
    .returning({ id: discussionMessages.id });
  return rows.map(({ id }) => id);
}
