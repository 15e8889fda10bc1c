import { database } from "#app/_web/database.ts";
import { entityTag, feed, unchanged } from "#app/_web/feed.ts";
import { cursorOf, parseSearch } from "#lib/event/search/input.ts";
import { lastChange, listForSitemap, sitemapBreaks } from "#lib/event/search/queries.ts";
import { xml } from "#lib/formats/atom.ts";
import { absolute, eventPath } from "#lib/urls.ts";

const size = 5_000;
const space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/** Every listed event of this server with its last change (sitemaps.org 0.9); beyond five thousand an index of pages, each by cursor. */
export async function GET(request: Request): Promise<Response> {
  const page = new URL(request.url).searchParams.get("after");
  const after = parseSearch({ after: page ?? undefined }).search.after ?? null;
  const changed = await lastChange(database());
  const tag = entityTag("sitemap", page ?? "", changed.getTime());
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
  const fixed =
    page === null || page === "0"
      ? ["/", "/calendar", "/about"].map((path) => `<url><loc>${xml(absolute(path))}</loc></url>`)
      : [];
  const urls = events.map(
    ({ id, updatedAt }) =>
      `<url><loc>${xml(absolute(eventPath(id)))}</loc><lastmod>${updatedAt.toISOString()}</lastmod></url>`,
  );
  return feed(
    `<?xml version="1.0" encoding="utf-8"?>\n<urlset ${space}>\n${[...fixed, ...urls].join("\n")}\n</urlset>\n`,
    "application/xml",
    tag,
  );
}
