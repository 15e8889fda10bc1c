import { database } from "#app/_web/database.ts";
import { feed, unchanged } from "#app/_web/feed.ts";
import { atomEntry } from "#lib/event/atom-entry.ts";
import { searchHref } from "#lib/event/search/input.ts";
import { listFeed } from "#lib/event/search/queries.ts";
import { toAtom } from "#lib/formats/atom.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { absolute } from "#lib/urls.ts";
import { feedSearch } from "../search/feed-search.ts";

const considered = 1_000;
const most = 50;

/** Any search as an Atom feed: what was announced last comes first. */
export async function GET(request: Request): Promise<Response> {
  const { instance, params, tag, changed, criteria } = await feedSearch(request, "atom", 0);
  const known = unchanged(request, tag);
  if (known) return known;
  const settled = await criteria();
  const events = settled ? await listFeed(database(), settled, considered, most) : [];
  const locale = asLocale(instance.language);
  const t = translator(locale);
  const what = [params.q, params.near, params.tag].filter(Boolean).join(", ");
  const head = {
    title: what ? t("find.feedTitleFor", { name: instance.name, what }) : t("find.feedTitle", { name: instance.name }),
    self: absolute(searchHref(params, { view: null }, "/search.atom")),
    page: absolute(searchHref(params)),
    icon: absolute("/icon.svg"),
    language: locale,
    updated: changed,
  };
  return feed(
    toAtom(
      head,
      events.map((event) => atomEntry(locale, event)),
    ),
    "application/atom+xml",
    tag,
  );
}
