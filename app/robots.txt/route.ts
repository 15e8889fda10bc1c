import { entityTag, feed } from "#app/_web/feed.ts";
import { absolute } from "#lib/urls.ts";

export const dynamic = "force-dynamic";

/** Public events are for everybody; what belongs to one person, or costs a search, is not for robots. */
export function GET(): Response {
  const body = `User-agent: *
Disallow: /search
Disallow: /calendar?
Disallow: /participations/
Disallow: /unsubscribe/
Disallow: /dashboard
Disallow: /moderation
Disallow: /settings
Disallow: /mailbox

Sitemap: ${absolute("/sitemap.xml")}
`;
  return feed(body, "text/plain", entityTag(body));
}
