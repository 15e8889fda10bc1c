import type { Metadata } from "next";
import { cache } from "react";
import type { OpenGraph } from "#app/_web/open-graph.tsx";
import { asTitle } from "#app/_web/page-title.ts";
import { getReader } from "#app/_web/reader.ts";
import { linkActivity } from "#app/_web/request.ts";
import { toBlogPosting } from "#lib/formats/schema-org.ts";
import type { Shared } from "#lib/formats/share-links.ts";
import { excerpt } from "#lib/html.ts";
import type { Locale } from "#lib/locale/index.ts";
import { isForAll } from "#lib/policy/post.ts";
import type { FullPost } from "#lib/post/queries.ts";
import { absolute, actorPath, mediaPath, postPath } from "#lib/urls.ts";
import { cardPath } from "./card.ts";
import { postOfPage } from "./told.ts";

/** The pictures of a post for other sites: its own, and the one that is drawn of it. */
function pictures(locale: Locale, full: FullPost) {
  const { post, cover } = full;
  const drawn = { url: cardPath(locale, full), width: 1200, height: 630, alt: post.name, type: "image/png" };
  if (!cover?.path) return [drawn];
  return [{ url: mediaPath(cover.id), width: cover.width!, height: cover.height!, alt: cover.name }, drawn];
}

/** What links that share a post say of it. */
export const sharedAs = ({ post, group }: FullPost): Shared => ({
  name: post.name,
  url: absolute(postPath(post.id)),
  text: `${post.name} · ${group.name}`,
});

/** The schema.org object of a post that everybody may read. */
export function describe(locale: Locale, full: FullPost) {
  const { post, group, writer } = full;
  return toBlogPosting({
    url: absolute(postPath(post.id)),
    name: post.name,
    description: excerpt(post.content, post.mediaType, 200),
    language: post.language,
    tags: post.tags,
    published: post.publishedAt!,
    updated: post.updatedAt,
    images: pictures(locale, full).map(({ url }) => absolute(url)),
    publisher: { name: group.name, url: absolute(actorPath(group.handle, group.host)) },
    author: writer && { name: writer.name, url: absolute(actorPath(writer.handle, writer.host)) },
  });
}

/** What a link to a post that everybody may read shows elsewhere: made once a request, for the head and for the body. */
export const openGraphOf = cache((locale: Locale, full: FullPost): OpenGraph => {
  const { post, group, writer } = full;
  return {
    type: "article",
    title: post.name,
    description: excerpt(post.content, post.mediaType, 200) || `${post.name} · ${group.name}`,
    url: postPath(post.id),
    siteName: group.name,
    locale,
    images: pictures(locale, full),
    author: writer?.name ?? group.name,
    published: post.publishedAt!,
    modified: post.updatedAt,
    tags: post.tags,
  };
});

/** Title and alternates of a post's page. What is not for everybody stays out of indexes. */
export async function postMetadata(id: string): Promise<Metadata> {
  const [full, { t, locale }] = await Promise.all([postOfPage(id), getReader()]);
  if (!full) return { title: t("refusals.not-found"), robots: { index: false } };
  const { post, group } = full;
  if (post.state === "deleted") return { title: t("post.goneTitle"), robots: { index: false } };
  const title = asTitle(`${post.name} · ${group.name}`);
  if (!isForAll(post)) return { title, robots: { index: false } };
  const url = absolute(postPath(id));
  const activity = post.uri ?? url;
  linkActivity(activity);
  return {
    title,
    description: openGraphOf(locale, full).description,
    robots: post.visibility === "public" && !post.uri ? undefined : { index: false },
    alternates: {
      canonical: activity,
      types: {
        "application/activity+json": activity,
        "application/atom+xml": `${actorPath(group.handle, group.host)}/posts.atom`,
      },
    },
  };
}
