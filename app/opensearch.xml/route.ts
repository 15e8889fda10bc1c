import { entityTag, feed } from "#app/_web/feed.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { xml } from "#lib/formats/atom.ts";
import { absolute } from "#lib/urls.ts";

export const dynamic = "force-dynamic";

/** Lets a browser search here from its address bar (OpenSearch 1.1). */
export async function GET(): Promise<Response> {
  const { name } = await ownInstance();
  const body = `<?xml version="1.0" encoding="utf-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>${xml(name.slice(0, 16))}</ShortName><Description>${xml(name)}</Description><InputEncoding>UTF-8</InputEncoding>
<Image type="image/svg+xml">${xml(absolute("/icon.svg"))}</Image>
<Url type="text/html" template="${xml(absolute("/search"))}?q={searchTerms}"/>
</OpenSearchDescription>
`;
  return feed(body, "application/opensearchdescription+xml", entityTag(body));
}
