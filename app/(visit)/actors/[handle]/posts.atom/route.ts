import { database } from "#app/_web/database.ts";
import { atomFeed, entityTag, unchanged } from "#app/_web/feed.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { getActorPage } from "#lib/actor/queries.ts";
import { excerpt } from "#lib/html.ts";
import { asLocale } from "#lib/locale/index.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { lastChangeIn, listPosts } from "#lib/post/queries.ts";
import { absolute, actorPath, postPath } from "#lib/urls.ts";

const most = 50;

/** What a group says to everybody, as an Atom feed; of one of another server, as far as it is kept here. */
export async function GET(request: Request, { params }: { params: Promise<{ handle: string }> }): Promise<Response> {
  const group = await getActorPage(database(), (await params).handle.toLowerCase());
  if (group?.type !== "Group") return new Response("Not found\n", { status: 404 });
  if (group.gone) return new Response("Gone\n", { status: 410 });
  const [changed, { language }] = [(await lastChangeIn(database(), group.id)) ?? group.createdAt, await ownInstance()];
  const locale = asLocale(language);
  const tag = entityTag("posts-atom", group.id, group.name, locale, changed.getTime());
  const known = unchanged(request, tag);
  if (known) return known;
  const posts = await listPosts(database(), visitor, { groupId: group.id, limit: most });
  const path = `${actorPath(group.handle, group.host)}/posts`;
  const name = group.name || group.handle;
  const head = { title: name, self: `${path}.atom`, page: path, language: locale, updated: changed };
  const entries = posts.map((post) => ({
    url: absolute(postPath(post.id)),
    title: post.name,
    summary: excerpt(post.content, post.mediaType, 400),
    author: group.host ? `${name} (${group.host})` : name,
    origin: post.uri,
    language: post.language === "und" ? null : post.language,
    published: post.publishedAt!,
    updated: post.updatedAt,
    tags: post.tags,
  }));
  return atomFeed(head, entries, tag);
}
