import { and, eq, inArray, sql } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import { lockAway } from "#lib/group/away/commands.ts";
import { newId } from "#lib/ids.ts";
import { type RemotePicture, wantPicture } from "#lib/media/remote/commands.ts";
import { isAtLeast, type Standing } from "#lib/policy/domain.ts";
import { erased } from "../commands.ts";
import type { RemotePost } from "../remote/commands.ts";

const { posts } = schema;

/** A post of a group of another server, as its document says; `content` is clean HTML. */
export type MirroredPost = RemotePost & { published: Date | null; picture: RemotePicture | null };

/** How many posts we keep of one group of another server: the latest. */
const most = 2_000;

/**
 * Keeps what a group of another server posts: a new row, or newer words for the one that is there. Who wrote it is named there
 * alone. An older word changes nothing, and what was deleted stays so. `standing`: what the host decided about that server;
 * a limited one shows no pictures, a silenced one nothing in lists.
 */
export async function mirrorPost(
  tx: Transaction,
  groupId: string,
  { uri, published, updated, picture, ...words }: MirroredPost,
  standing: Standing,
): Promise<void> {
  if (standing === "suspended") return;
  await lockAway(tx, groupId);
  const [known] = await tx.select().from(posts).where(eq(posts.uri, uri));
  if (known && (known.groupId !== groupId || known.state === "deleted")) return;
  if (known && updated && known.updatedAt > updated) return;
  const coverId = await wantPicture(tx, standing === "open" ? picture : null, known?.coverId ?? null);
  // What the host hid by itself stays so, whatever becomes of its server.
  const silence = isAtLeast(standing, "silenced") ? { hiddenAt: sql`now()`, hiddenWith: "silenced" } : {};
  const columns = { ...words, coverId, ...(known?.hiddenAt ? {} : silence) };
  if (known) {
    const change = { ...columns, updatedAt: updated ?? sql`now()` };
    await tx.update(posts).set(change).where(eq(posts.id, known.id));
    return;
  }
  const row = { id: newId(), uri, groupId, mediaType: "text/html", state: "published" };
  const [publishedAt, updatedAt] = [published ?? sql`now()`, updated ?? published ?? sql`now()`];
  await tx.insert(posts).values({ ...columns, ...row, publishedAt, updatedAt });
  await forgetOldest(tx, groupId);
}

/** By `posts_list`. */
async function forgetOldest(tx: Transaction, groupId: string): Promise<void> {
  await tx.execute(sql`
    delete from posts where uri is not null and id in (select p.id from posts p where p.group_id = ${groupId} and p.state = 'published'
      order by p.published_at desc, p.id desc offset ${most})`);
}

/** A group of another server passes on what somebody here wrote in its name: it stands there, as it was said last. */
export async function confirmPost(tx: Transaction, groupId: string, id: string): Promise<void> {
  const there = and(eq(posts.id, id), eq(posts.groupId, groupId), inArray(posts.state, ["sent", "published"]));
  await tx.update(posts).set({ state: "published", awaiting: false }).where(there);
}

/** A post that its group, or its own server, says is gone, also one that was written here: never again. */
export async function buryMirroredPost(tx: Transaction, groupId: string, id: string): Promise<void> {
  const there = and(eq(posts.id, id), eq(posts.groupId, groupId), inArray(posts.state, ["sent", "published"]));
  await tx.update(posts).set(erased).where(there);
}
