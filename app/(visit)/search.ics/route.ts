import { database } from "#app/_web/database.ts";
import { feed, unchanged } from "#app/_web/feed.ts";
import { calendarEntry } from "#lib/event/entry.ts";
import { listFeed } from "#lib/event/search/queries.ts";
import { streamVCalendar } from "#lib/formats/icalendar.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { feedSearch } from "../search/feed-search.ts";

const most = 1_000;

/** Any search as a calendar to follow. What ended in the last month stays, so that it does not vanish from calendars. */
export async function GET(request: Request): Promise<Response> {
  const { instance, params, tag, criteria } = await feedSearch(request, "ics", 30);
  const known = unchanged(request, tag);
  if (known) return known;
  const settled = await criteria();
  const events = settled ? await listFeed(database(), settled, most) : [];
  const t = translator(asLocale(instance.language));
  const what = [params.q, params.near, params.tag].filter(Boolean).join(", ");
  const name = what
    ? t("find.feedTitleFor", { name: instance.name, what })
    : t("find.feedTitle", { name: instance.name });
  return feed(streamVCalendar(events, calendarEntry, { name }), "text/calendar", tag, {
    "Content-Disposition": 'inline; filename="events.ics"',
  });
}
