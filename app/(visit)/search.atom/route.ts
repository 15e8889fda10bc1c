import { database } from "#app/_web/database.ts";
import { atomFeed, unchanged } from "#app/_web/feed.ts";
import { atomEntry } from "#lib/event/atom-entry.ts";
import { searchHref } from "#lib/event/search/input.ts";
import { listFeed } from "#lib/event/search/queries.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
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
    self: searchHref(params, { view: null }, "/search.atom"),
    page: searchHref(params),
    language: locale,
    updated: changed,
  };
  const entries = events.map((event) => atomEntry(locale, event));
  return atomFeed(head, entries, tag);
}
