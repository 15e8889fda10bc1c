import { calendarAnswer } from "#app/_web/calendar-answer.ts";
import { database } from "#app/_web/database.ts";
import { calendarEntry } from "#lib/event/entry.ts";
import { originOf } from "#lib/event/mirror/staleness.ts";
import { getEvent } from "#lib/event/queries.ts";
import { toVCalendar } from "#lib/formats/icalendar.ts";
import { visitor } from "#lib/policy/viewer.ts";

/** The event as a calendar file; called off: CANCEL under the same UID. Removed: 410. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const full = await getEvent(database(), visitor, id);
  if (!full) return new Response("Not found\n", { status: 404 });
  if (full.event.state === "deleted") return new Response("Gone\n", { status: 410 });
  const method = full.event.status === "cancelled" ? "CANCEL" : "PUBLISH";
  const { organizer, place, event } = full;
  return calendarAnswer(
    request,
    toVCalendar([calendarEntry({ ...event, place, organizer, origin: originOf(event) })], { method }),
    "event.ics",
  );
}
