import { database } from "#app/_web/database.ts";
import { entityTag, feed, unchanged } from "#app/_web/feed.ts";
import { getActorPage } from "#lib/actor/queries.ts";
import { calendarEntry } from "#lib/event/entry.ts";
import { lastChange, listOrganizerFeed } from "#lib/event/search/queries.ts";
import { streamVCalendar } from "#lib/formats/icalendar.ts";

/** What somebody organises, as a calendar to follow; the last month stays, so that it does not vanish from calendars. */
export async function GET(request: Request, { params }: { params: Promise<{ handle: string }> }): Promise<Response> {
  const actor = await getActorPage(database(), (await params).handle.toLowerCase());
  if (!actor) return new Response("Not found\n", { status: 404 });
  if (actor.gone) return new Response("Gone\n", { status: 410 });
  const day = new Date(Date.now() - 30 * 86_400_000);
  const changed = await lastChange(database());
  const tag = entityTag("actor-ics", actor.id, actor.name, changed.getTime(), day.toISOString().slice(0, 10));
  const known = unchanged(request, tag);
  if (known) return known;
  const events = await listOrganizerFeed(database(), actor.id, day);
  return feed(streamVCalendar(events, calendarEntry, { name: actor.name }), "text/calendar", tag, {
    "Content-Disposition": `inline; filename="${actor.handle}.ics"`,
  });
}
