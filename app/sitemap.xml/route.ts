import { database } from "#app/_web/database.ts";
import { entityTag, feed, unchanged } from "#app/_web/feed.ts";
import { cursorOf, parseSearch } from "#lib/event/search/input.ts";
import { lastChange, listForSitemap, sitemapBreaks } from "#lib/event/search/queries.ts";
import { xml } from "#lib/formats/atom.ts";
import { lastPostChange, listPostsForSitemap } from "#lib/post/queries.ts";
import { absolute, eventPath, postPath } from "#lib/urls.ts";

const size = 5_000;
const space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/**
 * Every listed event of this server, and its latest five thousand public posts, with their last change (sitemaps.org 0.9);
 * beyond five thousand events an index of pages, each by cursor: the posts stand on the first.
 */
export async function GET(request: Request): Promise<Response> {
  const page = new URL(request.url).searchParams.get("after");
  const after = parseSearch({ after: page ?? undefined }).search.after ?? null;
  const [changed, posted] = await Promise.all([lastChange(database()), lastPostChange(database())]);
  const tag = entityTag("sitemap", page ?? "", changed.getTime(), posted?.getTime() ?? 0);
  const known = unchanged(request, tag);
  if (known) return known;
  // `after=0` is the first page of an index.
  const breaks = page === null ? await sitemapBreaks(database(), size) : [];
  if (breaks.length > 0) {
    const pages = ["0", ...breaks.map(cursorOf)].map(
      (one) => `<sitemap><loc>${xml(absolute(`/sitemap.xml?after=${one}`))}</loc></sitemap>`,
    );
    return feed(
      `<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex ${space}>\n${pages.join("\n")}\n</sitemapindex>\n`,
      "application/xml",
      tag,
    );
  }
  const events = await listForSitemap(database(), after, size);
  const first = page === null || page === "0";
  const posts = first ? await listPostsForSitemap(database(), size) : [];
  const fixed = first ? ["/", "/calendar", "/about"].map((path) => `<url><loc>${xml(absolute(path))}</loc></url>`) : [];
  const entry = (path: string, changed: Date) =>
    `<url><loc>${xml(absolute(path))}</loc><lastmod>${changed.toISOString()}</lastmod></url>`;
  const urls = [
    ...events.map(({ id, updatedAt }) => entry(eventPath(id), updatedAt)),
    ...posts.map(({ id, updatedAt }) => entry(postPath(id), updatedAt)),
  ];
  return feed(
    `<?xml version="1.0" encoding="utf-8"?>\n<urlset ${space}>\n${[...fixed, ...urls].join("\n")}\n</urlset>\n`,
    "application/xml",
    tag,
  );
}
