import { eq, sql } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import { expectHere, lockGroup } from "#lib/group/commands.ts";
import { writeLog } from "#lib/group/log/commands.ts";
import { newId } from "#lib/ids.ts";
import { spend } from "#lib/limits/commands.ts";
import type { RemoteViewer } from "#lib/policy/viewer.ts";
import { erased } from "../commands.ts";

const { posts } = schema;

/** A post as its document says that somebody of another server writes in the name of a group of ours; `content` is clean HTML. */
export type RemotePost = {
  uri: string;
  name: string;
  content: string;
  language: string;
  tags: string[];
  visibility: "public" | "unlisted" | "members";
  updated: Date | null;
};

/**
 * Keeps what a member of another server writes in the name of a group of ours, or newer words for it. An older word changes
 * nothing, and what was deleted stays so. Returns its row's id, and how it was shown until now (null: it is new); null: nothing
 * changed.
 * @throws Refusal not-found, also for who has not this right in the group; gone, group-moved, too-many-requests.
 */
export async function keepRemotePost(
  tx: Transaction,
  viewer: RemoteViewer,
  groupId: string,
  { uri, updated, ...words }: RemotePost,
): Promise<{ id: string; before: typeof posts.$inferSelect | null } | null> {
  const group = await lockGroup(tx, viewer, groupId, "publish");
  const { actorId } = group;
  const [known] = await tx.select().from(posts).where(eq(posts.uri, uri));
  const updatedAt = updated ?? sql`now()`;
  if (known) {
    const older = updated !== null && known.updatedAt >= updated;
    if (known.groupId !== groupId || known.state === "deleted" || older) return null;
    await tx
      .update(posts)
      .set({ ...words, updatedAt })
      .where(eq(posts.id, known.id));
    return { id: known.id, before: known };
  }
  expectHere(group);
  await spend(tx, "new-post", viewer.actorId);
  const id = newId();
  const columns = { id, uri, groupId, actorId, mediaType: "text/html", state: "published", publishedAt: sql`now()` };
  await tx.insert(posts).values({ ...words, ...columns, updatedAt });
  await writeLog(tx, { groupId, actorId, kind: "post-published", object: { id, name: words.name } });
  return { id, before: null };
}

/**
 * Takes such a post away, by the word of whoever leads the group from another server; one of ours too. Returns whether it
 * was still there.
 * @throws Refusal not-found, also for who has not this right in the group; gone.
 */
export async function buryPost(tx: Transaction, viewer: RemoteViewer, id: string): Promise<boolean> {
  const [known] = await tx.select().from(posts).where(eq(posts.id, id));
  if (!known) return false;
  const { actorId } = await lockGroup(tx, viewer, known.groupId, "publish");
  if (known.state !== "published") return false;
  await writeLog(tx, { groupId: known.groupId, actorId, kind: "post-deleted", object: known });
  await tx.update(posts).set(erased).where(eq(posts.id, id));
  return true;
}
