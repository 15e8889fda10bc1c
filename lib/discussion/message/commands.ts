import { and, eq, isNull, sql } from "drizzle-orm";
import { type Db, schema, type Transaction, transact } from "#db/client.ts";
import type { Mention } from "#db/schema/discussion.ts";
import { askAway } from "#lib/group/ask/commands.ts";
import { actingAs, expectHere, lockGroup } from "#lib/group/commands.ts";
import { writeLog } from "#lib/group/log/commands.ts";
import { isId, newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { spend } from "#lib/limits/commands.ts";
import { expectOwnPictures } from "#lib/media/queries.ts";
import { canDelete, canRevise, canWrite } from "#lib/policy/discussion.ts";
import { isViewer, type Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { nameAnew } from "../mention/commands.ts";
import { resolveMentions } from "../mention/queries.ts";
import { readUpTo } from "../reading/commands.ts";
import { erased, lockDiscussion, payer, type Speaker } from "../thread/commands.ts";

const { discussionMessages, discussions } = schema;

/** What is said; from another server it has its id there and is clean HTML. */
type Words = {
  content: string;
  language: string;
  uri?: string;
  mediaType?: "text/html";
  actor?: string;
  /** Who is named in it, where another server says so. */
  mentions?: Mention[];
};
/** When something became so that is said from elsewhere, by the word of its server; null: as it comes. */
type Told = { updated?: Date | null };

/** Somebody here as the one of their profiles that they chose to speak as; else as all of them. @throws Refusal forbidden. */
const speakingAs = (viewer: Speaker, actor?: string): Speaker =>
  actor && viewer.kind === "account" ? { ...viewer, actorIds: [actingAs(viewer, actor)] } : viewer;

/**
 * Opens a discussion among the members of a group with what is said first, as the profile (`actor`) that is a member there. `id` is
 * the form's: sent twice, it is one. `uri` names it where it was opened elsewhere; what is said first may come later then.
 * A group of another server decides there whether it stands: until it is passed on from there, it awaits that.
 * @throws Refusal not-found, also for who is no member; forbidden for somebody else's profile; gone, group-moved, picture-foreign, too-many-requests.
 */
export async function openDiscussion(
  db: Db,
  speaker: Speaker,
  groupId: string,
  { id, name, uri, actor, updated, ...words }: Words & Told & { id: string; name: string },
): Promise<void> {
  const viewer = speakingAs(speaker, actor);
  await transact(db, async (tx) => {
    const { actorId, host } = await lockGroup(tx, viewer, groupId, "discuss", { anywhere: true, anew: true });
    const place = { uri: uri ?? null, updatedAt: updated ?? sql`now()` };
    const [made] = await tx
      .insert(discussions)
      .values({ ...place, id, groupId, actorId: actorId!, name, awaiting: host !== null })
      .onConflictDoNothing()
      .returning({ id: discussions.id });
    if (!made) return;
    await spend(tx, "new-discussion", payer(viewer));
    if (!uri) await enqueue(tx, "discussion-out", { discussionId: id });
    const first = { id: newId(), discussionId: id, actorId: actorId!, quotedId: null, awaiting: host !== null };
    if (words.content) await say(tx, viewer, { ...words, ...first });
  });
}

/**
 * Says something in a discussion, as the profile (`actor`) that is a member of its group; whoever does has read it. `id` is the
 * form's, or `uri` names it elsewhere: sent twice, it is one. `quoted` is the message that is answered. Returns whether it
 * is new.
 * @throws Refusal not-found, forbidden, gone, group-moved, discussion-locked, message-gone, picture-foreign, too-many-requests.
 */
export async function writeMessage(
  db: Db,
  speaker: Speaker,
  discussionId: string,
  { id, quoted, actor, ...words }: Words & { id: string; quoted: string | null },
): Promise<boolean> {
  const viewer = speakingAs(speaker, actor);
  return transact(db, async (tx) => {
    const { group, discussion } = await lockDiscussion(tx, viewer, discussionId, "discuss");
    const same = words.uri ? eq(discussionMessages.uri, words.uri) : eq(discussionMessages.id, id);
    const [known] = await tx.select({ id: discussionMessages.id }).from(discussionMessages).where(same);
    if (known) return false;
    expectHere(group);
    if (!canWrite(group, discussion)) throw new Refusal("discussion-locked");
    if (quoted) await expectThere(tx, discussionId, quoted);
    await spend(tx, "discuss", payer(viewer));
    const at = { id, discussionId, actorId: group.actorId!, quotedId: quoted, awaiting: group.host !== null };
    await say(tx, viewer, { ...words, ...at });
    return true;
  });
}

type NewMessage = Pick<
  typeof discussionMessages.$inferInsert,
  | "id"
  | "uri"
  | "discussionId"
  | "actorId"
  | "quotedId"
  | "content"
  | "mediaType"
  | "language"
  | "awaiting"
  | "mentions"
>;

/** Under the group's lock, and by the clock as it is then: so no message is older than one that is there already. */
async function say(tx: Transaction, viewer: Speaker, message: NewMessage): Promise<void> {
  await expectOwnPictures(tx, viewer, message.content);
  await append(tx, message);
  if (viewer.kind === "remote") return;
  await readUpTo(tx, viewer, message);
  await enqueue(tx, "message-out", { messageId: message.id });
}

/** When something was said that is heard of later, and behind which message (`after`, a row) it stands whatever the clocks say. */
export type Formerly = { at: Date; after: string | null };

/** Adds what was said to a discussion whose group is locked: just now, or formerly. */
export async function append(tx: Transaction, message: NewMessage, formerly?: Formerly): Promise<void> {
  const mentions = message.mentions ?? (await resolveMentions(tx, message.content));
  await tx.insert(discussionMessages).values({ ...message, mentions, createdAt: formerly ? moment(formerly) : now });
  const written = sql`(select m.created_at from discussion_messages m where m.id = ${message.id})`;
  await tx
    .update(discussions)
    .set({ messageAt: formerly ? sql`greatest(${discussions.messageAt}, ${written})` : written })
    .where(eq(discussions.id, message.discussionId));
}

const now = sql`clock_timestamp()`;
const moment = ({ at, after }: Formerly) => sql`greatest(${at.toISOString()}::timestamptz,
  (select m.created_at + interval '1 microsecond' from discussion_messages m where m.id = ${after}))`;

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
 * Changes the words of one's own message; whoever is named in them for the first time is told. Of what is said from
 * elsewhere an older or equal word (`updated`) changes nothing. Returns its discussion, and whether anything is new.
 * @throws Refusal not-found, gone, message-gone, group-moved, discussion-locked, picture-foreign, too-many-requests.
 */
export async function reviseMessage(
  db: Db,
  viewer: Speaker,
  id: string,
  { content, mentions, updated = null }: Pick<Words, "content" | "mentions"> & Told,
): Promise<{ discussionId: string; isNew: boolean }> {
  return transact(db, async (tx) => {
    const { group, discussion, message } = await lockMessage(tx, viewer, id);
    if (!isViewer(viewer, message.actorId)) throw new Refusal("not-found");
    expectHere(group);
    if (!canRevise(viewer, group, discussion, message)) throw new Refusal("discussion-locked");
    const known = updated ? message.editedAt && message.editedAt >= updated : message.content === content;
    if (known) return { discussionId: discussion.id, isNew: false };
    await expectOwnPictures(tx, viewer, content, message.pictures);
    await spend(tx, "discuss", payer(viewer));
    const named = await nameAnew(tx, message, { content, mentions });
    await tx
      .update(discussionMessages)
      .set({ content, ...named, editedAt: updated ?? sql`now()`, awaiting: group.host !== null })
      .where(eq(discussionMessages.id, id));
    if (viewer.kind === "account") await enqueue(tx, "message-out", { messageId: id });
    return { discussionId: discussion.id, isNew: true };
  });
}

/**
 * Deletes a message: its words are gone, its place stays. One's own, or for those who decide anybody's, which the server of
 * a group elsewhere is asked for; then the group's log says so. Returns its discussion.
 * @throws Refusal not-found, gone, message-gone.
 */
export async function deleteMessage(db: Db, viewer: Viewer, id: string): Promise<string> {
  return transact(db, async (tx) => {
    const { group, discussion, message } = await lockMessage(tx, viewer, id);
    if (!canDelete(viewer, group, message)) throw new Refusal("not-found");
    const { id: groupId, actorId } = group;
    const entry = { groupId, actorId, kind: "message-deleted", memberId: message.actorId, object: discussion } as const;
    const own = isViewer(viewer, message.actorId);
    if (!own && group.host !== null) {
      await askAway(tx, { ...entry, object: { id, name: discussion.name } });
      return discussion.id;
    }
    await tx.update(discussionMessages).set(erased).where(eq(discussionMessages.id, id));
    if (!own) await writeLog(tx, entry);
    if (viewer.kind !== "remote") await enqueue(tx, "message-out", { messageId: id });
    return discussion.id;
  });
}
