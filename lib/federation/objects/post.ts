import { and, desc, eq, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { excerpt, renderContent } from "#lib/html.ts";
import { operator, type Viewer, visitor } from "#lib/policy/viewer.ts";
import { type FullPost, getPost } from "#lib/post/queries.ts";
import type { ActorRow } from "../actors.ts";
import { actorUri, postUri, publicUri } from "../addresses.ts";
import { eventContext } from "../contexts.ts";
import { addressees, type Document, wasTold } from "./event.ts";
import { hashtags, pictured } from "./parts.ts";

const { actors, media, posts } = schema;

/**
 * A post of this server for peers, as the viewer may see it: an Article with its `@context`, or a Tombstone with `gone`,
 * also when it was for everybody once and is no more. Null for what is not theirs to see: drafts, another server's.
 */
export async function postObject(
  db: Db,
  id: string,
  viewer: Viewer = visitor,
): Promise<{ document: Document; gone: boolean } | null> {
  const full = await getPost(db, viewer, id);
  if (full?.post.uri) return null;
  if (full && ["sent", "published"].includes(full.post.state) && full.post.hiddenAt === null)
    return { document: { "@context": eventContext, ...toArticle(full, await authorOf(db, full)) }, gone: false };
  const former =
    full?.post.state === "deleted" ? full : (await wasTold(db, id)) ? await getPost(db, operator, id) : null;
  return former && { document: { "@context": eventContext, ...postTombstone(former.post) }, gone: true };
}

type Former = Pick<FullPost["post"], "id" | "uri" | "deletedAt" | "hiddenAt" | "updatedAt">;

/** What is left for other servers of a post, likewise. */
export const postTombstone = (post: Former): Document => ({
  id: postUri(post),
  type: "Tombstone",
  formerType: "Article",
  deleted: (post.deletedAt ?? post.hiddenAt ?? post.updatedAt).toISOString(),
});

type Group = Pick<FullPost["group"], "id" | "handle" | "host" | "uri" | "followersUri">;
type Told = { post: typeof posts.$inferSelect; cover: FullPost["cover"]; group: Group };

/** For whom it is in the words of its group: by those Mobilizon, and we, know it. */
function audienceOf({ post, group }: Told): { to: string[]; cc: string[] } {
  if (group.host === null) return addressees(post, group.handle);
  const members = `${group.uri}/members`;
  const followers = group.followersUri ?? members;
  if (post.visibility === "members") return { to: [members], cc: [] };
  return post.visibility === "unlisted" ? { to: [followers], cc: [publicUri] } : { to: [publicUri], cc: [followers] };
}

/** Who wrote a post for a group of another server: by their word that one takes it. Null for a group of ours, which says it itself. */
export async function authorOf(db: Db, { post, group }: Pick<Told, "post" | "group">): Promise<ActorRow | null> {
  if (group.host === null || !post.actorId) return null;
  const [author] = await db.select().from(actors).where(eq(actors.id, post.actorId));
  return author ?? null;
}

/**
 * The Article (FEP-b2b8, Mobilizon's terms), without its context. The group says it: who wrote it is named on its page alone,
 * where the group shows that; for a group of another server it is its author's, whom we can vouch for.
 */
export function toArticle(told: Told, author: ActorRow | null = null): Document {
  const { post, group, cover } = told;
  const id = postUri(post);
  const by = actorUri({ ...group, type: "Group" });
  const content = renderContent(post.content, post.mediaType, { pictures: true });
  const { attached, image } = pictured(cover);
  const published = post.publishedAt ?? post.createdAt;
  return {
    id,
    url: id,
    type: "Article",
    uuid: post.id,
    // Mobilizon asks for both.
    actor: author ? actorUri(author) : by,
    attributedTo: by,
    audience: by,
    ...audienceOf(told),
    name: post.name,
    summary: excerpt(post.content, post.mediaType, 400),
    content,
    contentMap: { [post.language]: content },
    mediaType: "text/html",
    inLanguage: post.language,
    attachment: attached,
    ...image,
    tag: hashtags(post.tags),
    draft: false,
    published: published.toISOString(),
    updated: new Date(Math.max(post.updatedAt.getTime(), published.getTime())).toISOString(),
  };
}

const toTell = (groupId: string, inside: boolean) =>
  and(
    eq(posts.groupId, groupId),
    eq(posts.state, "published"),
    inside ? sql`posts.hidden_at is null and posts.visibility in ('public', 'members')` : sql`posts.listed`,
  );

/** How many posts of a group its collection has: for everybody, or `inside` for its members. By `posts_list`. */
export const countPostsToTell = (db: Db, groupId: string, { inside }: { inside: boolean }): Promise<number> =>
  db.$count(posts, toTell(groupId, inside));

/** A page of them, the latest first, behind `after`. By `posts_list`. */
export const postsToTell = (
  db: Db,
  groupId: string,
  { inside, after, limit }: { inside: boolean; after?: string; limit: number },
) =>
  db
    .select({ post: posts, group: actors, cover: media })
    .from(posts)
    .innerJoin(actors, eq(actors.id, posts.groupId))
    .leftJoin(media, eq(media.id, posts.coverId))
    .where(
      and(
        toTell(groupId, inside),
        after
          ? sql`(${posts.publishedAt}, ${posts.id}) < (select b.published_at, b.id from posts b where b.id = ${after})`
          : undefined,
      ),
    )
    .orderBy(desc(posts.publishedAt), desc(posts.id))
    .limit(limit);
