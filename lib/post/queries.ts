import { and, desc, eq, getTableColumns, isNull, max, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, schema } from "#db/client.ts";
import { nameOf } from "#lib/actor/queries.ts";
import { isRefused, lastAsk } from "#lib/group/ask/queries.ts";
import { isId } from "#lib/ids.ts";
import { groupMemberOf, groupRoleOf, groupsWhere } from "#lib/policy/group.ts";
import { postsListedTo, postsVisibleTo, writerShownTo } from "#lib/policy/post.ts";
import type { Viewer } from "#lib/policy/viewer.ts";

const { actors, media, posts } = schema;
const writers = alias(actors, "writers");

const group = (viewer: Viewer) => ({
  ...{ id: actors.id, handle: actors.handle, host: actors.host, tone: actors.tone, iconId: actors.iconId },
  ...{ uri: actors.uri, followersUri: actors.followersUri },
  name: nameOf(actors) as SQL<string>,
  ...{ membersOrganise: actors.membersOrganise, role: groupRoleOf(viewer), actorId: groupMemberOf(viewer) },
});

/** Who wrote it, as far as the viewer may know. */
const writer = { handle: writers.handle, host: writers.host, name: nameOf(writers) as SQL<string> };
const written = (viewer: Viewer) => and(eq(writers.id, posts.actorId), writerShownTo(viewer));

/** What the server of a group elsewhere does with it: it does not take what was said last; what it was asked to do. */
const fate = { refused: isRefused(posts), ask: lastAsk(posts.id) };

export type FullPost = NonNullable<Awaited<ReturnType<typeof getPost>>>;

/**
 * A post with its group, picture and writer as far as the viewer may see them; also a tombstone. Null: there is none, or
 * none for this viewer. By primary keys, `memberships_member`, `memberships_pair`.
 */
export async function getPost(db: Db, viewer: Viewer, id: string) {
  if (!isId(id)) return null;
  const [row] = await db
    .select({ post: { ...getTableColumns(posts), ...fate }, group: group(viewer), writer, cover: media })
    .from(posts)
    .innerJoin(actors, eq(actors.id, posts.groupId))
    .leftJoin(writers, written(viewer))
    .leftJoin(media, eq(media.id, posts.coverId))
    .where(and(eq(posts.id, id), postsVisibleTo(viewer)));
  return row ?? null;
}

export type DeskFullPost = NonNullable<Awaited<ReturnType<typeof getDeskPost>>>;

/**
 * The same for whoever writes the posts of its group, also of one of another server, with what they see of it at their desk;
 * no tombstone, and only with `anywhere` what was written elsewhere. By primary keys, `memberships_member`.
 */
export async function getDeskPost(db: Db, viewer: Viewer, id: string, { anywhere = false } = {}) {
  if (!isId(id)) return null;
  const [row] = await db
    .select({
      ...{ post: { ...getTableColumns(posts), ...fate }, cover: media },
      group: { ...getTableColumns(actors), role: groupRoleOf(viewer), actorId: groupMemberOf(viewer) },
    })
    .from(posts)
    .innerJoin(actors, eq(actors.id, posts.groupId))
    .leftJoin(media, eq(media.id, posts.coverId))
    .where(
      and(
        eq(posts.id, id),
        anywhere ? undefined : isNull(posts.uri),
        isNull(posts.deletedAt),
        groupsWhere(viewer, "publish", { anywhere: true }),
      ),
    );
  return row ?? null;
}

/** What a list tells of a post. */
const listed = {
  id: posts.id,
  uri: posts.uri,
  name: posts.name,
  // The beginning is enough for a few lines.
  content: sql<string>`left(${posts.content}, 2000)`,
  mediaType: posts.mediaType,
  language: posts.language,
  tags: posts.tags,
  state: posts.state,
  visibility: posts.visibility,
  hiddenAt: posts.hiddenAt,
  awaiting: posts.awaiting,
  publishedAt: posts.publishedAt,
  updatedAt: posts.updatedAt,
  cover: { id: media.id, path: media.path, name: media.name, width: media.width, height: media.height },
};

/** Behind a post in the order of the list: each column by itself, so that the index is used. */
function behind(id: string): SQL {
  const column = (name: string) => sql`(select o.${sql.identifier(name)} from posts o where o.id = ${id})`;
  return sql`(${posts.publishedAt}, ${posts.id}) < (${column("published_at")}, ${column("id")})`;
}

export type ListedPost = Awaited<ReturnType<typeof listPosts>>[number];

/** The published posts of a group that its lists show to the viewer, the latest first, a page from behind `after` on. By `posts_list`. */
export const listPosts = (
  db: Db,
  viewer: Viewer,
  { groupId, after, limit }: { groupId: string; after?: string; limit: number },
) =>
  db
    .select({ ...listed, writer })
    .from(posts)
    .innerJoin(actors, eq(actors.id, posts.groupId))
    .leftJoin(writers, written(viewer))
    .leftJoin(media, eq(media.id, posts.coverId))
    .where(
      and(
        eq(posts.groupId, groupId),
        eq(posts.state, "published"),
        postsListedTo(viewer),
        after ? behind(after) : undefined,
      ),
    )
    .orderBy(desc(posts.publishedAt), desc(posts.id))
    .limit(limit);

export type DeskPost = Awaited<ReturnType<typeof listDeskPosts>>[number];

/**
 * The posts of a group for those who write them, which the caller has shown the viewer to do: drafts and what was sent to the
 * group's own server, the last changed first, then what is published, the latest first; 100 of each at most. By
 * `posts_unpublished`, `posts_list`.
 */
export async function listDeskPosts(db: Db, groupId: string) {
  const named = nameOf(writers) as SQL<string>;
  const rows = (state: SQL, order: SQL[]) =>
    db
      .select({ ...listed, ...fate, writer: named })
      .from(posts)
      .leftJoin(writers, and(eq(writers.id, posts.actorId), isNull(writers.deletedAt)))
      .leftJoin(media, eq(media.id, posts.coverId))
      .where(and(eq(posts.groupId, groupId), state))
      .orderBy(...order)
      .limit(100);
  const [drafts, published] = await Promise.all([
    rows(sql`posts.state in ('draft', 'sent')`, [desc(posts.updatedAt), desc(posts.id)]),
    rows(eq(posts.state, "published"), [desc(posts.publishedAt), desc(posts.id)]),
  ]);
  return [...drafts, ...published];
}

/** The posts that somebody wrote for groups, for the export of their data. By `posts_actor`. */
export const listOwnPosts = (db: Db, accountId: string) =>
  db
    .select({ ...getTableColumns(posts), group: actors.handle, as: writers.handle })
    .from(posts)
    .innerJoin(writers, eq(writers.id, posts.actorId))
    .innerJoin(actors, eq(actors.id, posts.groupId))
    .where(and(eq(writers.accountId, accountId), isNull(posts.deletedAt)))
    .orderBy(posts.createdAt, posts.id);

/** When posts last changed, whichever; null: there are none. By `posts_updated`. */
export async function lastPostChange(db: Db): Promise<Date | null> {
  const [row] = await db.select({ at: posts.updatedAt }).from(posts).orderBy(desc(posts.updatedAt)).limit(1);
  return row?.at ?? null;
}

/**
 * When a group's posts last changed, or one came to be kept: what arrives from another server changed there before that. By
 * `posts_updated`, `posts_list`.
 */
export async function lastChangeIn(db: Db, groupId: string): Promise<Date | null> {
  const theirs = and(eq(posts.groupId, groupId), eq(posts.state, "published"));
  const [row] = await db
    .select({ came: max(posts.createdAt) })
    .from(posts)
    .where(theirs);
  const changed = await lastPostChange(db);
  return row?.came && changed && row.came > changed ? row.came : changed;
}

/** The public posts of this server with their last change, the latest first. By `posts_published`. */
export const listPostsForSitemap = (db: Db, limit: number) =>
  db
    .select({ id: posts.id, updatedAt: posts.updatedAt })
    .from(posts)
    .where(and(eq(posts.state, "published"), sql`posts.listed`, isNull(posts.uri)))
    .orderBy(desc(posts.publishedAt), desc(posts.id))
    .limit(limit);
