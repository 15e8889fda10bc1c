import { and, eq, inArray, sql } from "drizzle-orm";
import { type Database, type Db, schema, type Transaction, transact } from "#db/client.ts";
import { askAway, type Decided } from "#lib/group/ask/commands.ts";
import { expectHere, lockGroup } from "#lib/group/commands.ts";
import { writeLog } from "#lib/group/log/commands.ts";
import { isId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { spend } from "#lib/limits/commands.ts";
import { expectOwnPictures } from "#lib/media/queries.ts";
import type { AccountViewer, Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import type { PostInput } from "./input.ts";

const { posts } = schema;

type Written = PostInput & { publish: boolean };

/** What is for others to read has words. @throws Refusal required. */
function expectWords({ content }: { content: string }): void {
  if (!content) throw new Refusal("required", { field: "content" });
}

/**
 * Writes a post in the name of a group: a draft that all share who write there, or at once published. `id` is the form's:
 * sent twice, it is one. A group of another server publishes it there: until it is passed on from there, it is sent.
 * @throws Refusal not-found, also for who has not this right in the group; gone, group-moved, required, picture-foreign,
 * too-many-requests.
 */
export async function writePost(
  db: Database,
  viewer: AccountViewer,
  groupId: string,
  { id, publish, ...post }: Written & { id: string },
): Promise<void> {
  if (publish) expectWords(post);
  await transact(db, async (tx) => {
    const group = await lockGroup(tx, viewer, groupId, "publish", { anywhere: true, anew: true });
    await expectOwnPictures(tx, viewer, post.content);
    const [made] = await tx
      .insert(posts)
      .values({ ...post, id, groupId, actorId: group.actorId })
      .onConflictDoNothing()
      .returning({ id: posts.id });
    if (!made) return;
    await spend(tx, "new-post", viewer.accountId);
    if (publish) await bringOut(tx, group, { id, name: post.name });
  });
}

type Ground = Pick<Awaited<ReturnType<typeof lockGroup>>, "id" | "host" | "actorId">;

/** Publishes a draft under its group's lock; the group's log says so, where the group is. */
async function bringOut(tx: Transaction, group: Ground, post: { id: string; name: string }): Promise<void> {
  const { id: groupId, host, actorId } = group;
  const state = host === null ? "published" : "sent";
  const published = { state, publishedAt: sql`now()`, updatedAt: sql`now()`, awaiting: host !== null };
  await tx.update(posts).set(published).where(eq(posts.id, post.id));
  if (host === null) await writeLog(tx, { groupId, actorId, kind: "post-published", object: post });
  await tell(tx, group, post.id);
}

/** Tells other servers of a post; the server of a group elsewhere, in the name of whoever says so. */
const tell = (tx: Transaction, { host, actorId }: Ground, postId: string): Promise<void> =>
  enqueue(tx, "post-out", host === null ? { postId } : { postId, actorId });

/**
 * A post of a group, of this server or another, which is locked until the transaction ends; with `anywhere` also one that was
 * written elsewhere.
 * @throws Refusal not-found, also for who does not write the group's posts; gone.
 */
async function lockPost(tx: Transaction, viewer: Viewer, id: string, { anywhere = false } = {}) {
  if (!isId(id)) throw new Refusal("not-found");
  const here = eq(posts.id, id);
  const [known] = await tx.select({ groupId: posts.groupId, uri: posts.uri }).from(posts).where(here);
  if (!known || (known.uri !== null && !anywhere)) throw new Refusal("not-found");
  const group = await lockGroup(tx, viewer, known.groupId, "publish", { anywhere: true });
  const [post] = await tx.select().from(posts).where(here);
  if (!post) throw new Refusal("not-found");
  if (post.state === "deleted") throw new Refusal("gone");
  return { group, post };
}

/**
 * Changes a post, and publishes a draft with `publish`. `seenAt` is the `updatedAt` of what was changed.
 * @throws Refusal not-found, gone, group-moved, changed-meanwhile, required, picture-foreign.
 */
export async function revisePost(
  db: Database,
  viewer: Viewer,
  id: string,
  { publish, ...change }: Written,
  { seenAt }: { seenAt: Date },
): Promise<{ updatedAt: Date }> {
  return transact(db, async (tx) => {
    const { group, post } = await lockPost(tx, viewer, id);
    if (seenAt.getTime() !== post.updatedAt.getTime()) throw new Refusal("changed-meanwhile");
    if (publish && !post.publishedAt) expectHere(group);
    if (publish || post.publishedAt) expectWords(change);
    await expectOwnPictures(tx, viewer, change.content, post.pictures);
    const updatedAt = new Date();
    const awaiting = post.publishedAt !== null && group.host !== null;
    await tx
      .update(posts)
      .set({ ...change, updatedAt, awaiting })
      .where(eq(posts.id, id));
    if (post.publishedAt) await tell(tx, group, id);
    else if (publish) await bringOut(tx, group, { id, name: change.name });
    return { updatedAt };
  });
}

/** What is left of a post that was published. */
export const erased = {
  ...{ state: "deleted", name: "", content: "", tags: [], coverId: null, actorId: null, awaiting: false },
  ...{ deletedAt: sql`now()`, updatedAt: sql`now()` },
};

/**
 * Takes a post away, whoever wrote it for the group. What was published leaves a tombstone without words (410), and other
 * servers are told; a draft leaves nothing. Where it and its group are of another server, that one is asked to.
 * @throws Refusal not-found, gone.
 */
export async function deletePost(db: Database, viewer: Viewer, id: string): Promise<Decided> {
  return transact(db, async (tx) => {
    const { group, post } = await lockPost(tx, viewer, id, { anywhere: true });
    const entry = { groupId: group.id, actorId: group.actorId, kind: "post-deleted", object: post } as const;
    if (group.host !== null && post.uri !== null) return askAway(tx, entry);
    if (group.host === null) await writeLog(tx, entry);
    if (post.publishedAt) {
      await tx.update(posts).set(erased).where(eq(posts.id, id));
      await tell(tx, group, id);
    } else await tx.delete(posts).where(eq(posts.id, id));
    return "done";
  });
}

/** Takes away all that a group that is gone ever said. By `posts_list`, `posts_unpublished`. */
export async function deletePostsOf(tx: Transaction, groupId: string): Promise<void> {
  await tx.delete(posts).where(and(eq(posts.groupId, groupId), eq(posts.state, "draft")));
  const theirs = and(eq(posts.groupId, groupId), inArray(posts.state, ["published", "sent"]));
  const gone = await tx.update(posts).set(erased).where(theirs).returning({ id: posts.id });
  for (const { id } of gone) await enqueue(tx, "post-out", { postId: id });
}

/** Forgets who wrote posts: they are their groups', and stay. By `posts_actor`. */
export async function forgetWriters(db: Db, actorIds: string[]): Promise<void> {
  if (actorIds.length === 0) return;
  await db.update(posts).set({ actorId: null }).where(inArray(posts.actorId, actorIds));
}
