import { and, eq, isNull, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { lockGroup } from "#lib/group/commands.ts";
import { writeLog } from "#lib/group/log/commands.ts";
import { isId, newId } from "#lib/ids.ts";
import { spend } from "#lib/limits/commands.ts";
import { canDelete, canRevise, canWrite } from "#lib/policy/discussion.ts";
import type { AccountViewer, Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { resolveMentions } from "../mention/queries.ts";
import { readUpTo } from "../reading/commands.ts";
import { erased, lockDiscussion } from "../thread/commands.ts";

const { discussionMessages, discussions } = schema;

type Words = { content: string; language: string };

/**
 * Opens a discussion among the members of a group with what is said first, as the profile that is a member there. `id` is
 * the form's: sent twice, it is one.
 * @throws Refusal not-found, also for who is no member; gone, too-many-requests.
 */
export async function openDiscussion(
  db: Database,
  viewer: AccountViewer,
  groupId: string,
  { id, name, ...words }: Words & { id: string; name: string },
): Promise<void> {
  await transact(db, async (tx) => {
    const { actorId } = await lockGroup(tx, viewer, groupId, "discuss");
    const [made] = await tx
      .insert(discussions)
      .values({ id, groupId, actorId: actorId!, name })
      .onConflictDoNothing()
      .returning({ id: discussions.id });
    if (!made) return;
    await spend(tx, "new-discussion", viewer.accountId);
    await say(tx, viewer, { ...words, id: newId(), discussionId: id, actorId: actorId!, quotedId: null });
  });
}

/**
 * Says something in a discussion, as the profile that is a member of its group; whoever does has read it. `id` is the
 * form's: sent twice, it is one. `quoted` is the message that is answered.
 * @throws Refusal not-found, gone, discussion-locked, message-gone, too-many-requests.
 */
export async function writeMessage(
  db: Database,
  viewer: AccountViewer,
  discussionId: string,
  { id, quoted, ...words }: Words & { id: string; quoted: string | null },
): Promise<void> {
  await transact(db, async (tx) => {
    const { group, discussion } = await lockDiscussion(tx, viewer, discussionId, "discuss");
    const [known] = await tx
      .select({ id: discussionMessages.id })
      .from(discussionMessages)
      .where(eq(discussionMessages.id, id));
    if (known) return;
    if (!canWrite(group, discussion)) throw new Refusal("discussion-locked");
    if (quoted) await expectThere(tx, discussionId, quoted);
    await spend(tx, "discuss", viewer.accountId);
    await say(tx, viewer, { ...words, id, discussionId, actorId: group.actorId!, quotedId: quoted });
  });
}

type NewMessage = Pick<
  typeof discussionMessages.$inferInsert,
  "id" | "discussionId" | "actorId" | "quotedId" | "content" | "language"
>;

/** Under the group's lock, and by the clock as it is then: so no message is older than one that is there already. */
async function say(tx: Transaction, viewer: AccountViewer, message: NewMessage): Promise<void> {
  const mentions = await resolveMentions(tx, message.content);
  await tx.insert(discussionMessages).values({ ...message, mentions, createdAt: sql`clock_timestamp()` });
  const written = sql`(select m.created_at from discussion_messages m where m.id = ${message.id})`;
  await tx.update(discussions).set({ messageAt: written }).where(eq(discussions.id, message.discussionId));
  await readUpTo(tx, viewer, message);
}

/** @throws Refusal message-gone. */
async function expectThere(tx: Transaction, discussionId: string, id: string): Promise<void> {
  const here = and(eq(discussionMessages.id, id), eq(discussionMessages.discussionId, discussionId));
  if ((await tx.$count(discussionMessages, and(here, isNull(discussionMessages.deletedAt)))) === 0)
    throw new Refusal("message-gone");
}

/** A message with its discussion and group, the group locked. @throws Refusal not-found, gone, message-gone. */
async function lockMessage(tx: Transaction, viewer: Viewer, id: string) {
  if (!isId(id)) throw new Refusal("not-found");
  const here = eq(discussionMessages.id, id);
  const [known] = await tx.select().from(discussionMessages).where(here);
  if (!known) throw new Refusal("not-found");
  const locked = await lockDiscussion(tx, viewer, known.discussionId, "discuss");
  const [message] = await tx.select().from(discussionMessages).where(here);
  if (message!.deletedAt) throw new Refusal("message-gone");
  return { ...locked, message: message! };
}

/**
 * Changes the words of one's own message. Returns its discussion.
 * @throws Refusal not-found, gone, message-gone, discussion-locked, too-many-requests.
 */
export async function reviseMessage(
  db: Database,
  viewer: AccountViewer,
  id: string,
  { content }: { content: string },
): Promise<string> {
  return transact(db, async (tx) => {
    const { group, discussion, message } = await lockMessage(tx, viewer, id);
    if (!viewer.actorIds.includes(message.actorId)) throw new Refusal("not-found");
    if (!canRevise(viewer, group, discussion, message)) throw new Refusal("discussion-locked");
    if (message.content === content) return discussion.id;
    await spend(tx, "discuss", viewer.accountId);
    await tx
      .update(discussionMessages)
      .set({ content, mentions: await resolveMentions(tx, content), editedAt: sql`now()` })
      .where(eq(discussionMessages.id, id));
    return discussion.id;
  });
}

/**
 * Deletes a message: its words are gone, its place stays. One's own, or for those who decide anybody's; then the group's
 * log says so. Returns its discussion.
 * @throws Refusal not-found, gone, message-gone.
 */
export async function deleteMessage(db: Database, viewer: Viewer, id: string): Promise<string> {
  return transact(db, async (tx) => {
    const { group, discussion, message } = await lockMessage(tx, viewer, id);
    if (!canDelete(viewer, group, message)) throw new Refusal("not-found");
    await tx.update(discussionMessages).set(erased).where(eq(discussionMessages.id, id));
    const own = viewer.kind === "account" && viewer.actorIds.includes(message.actorId);
    const entry = { groupId: group.id, actorId: group.actorId, kind: "message-deleted" } as const;
    if (!own) await writeLog(tx, { ...entry, memberId: message.actorId, object: discussion });
    return discussion.id;
  });
}
