import { calendarAnswer } from "#app/_web/calendar-answer.ts";
import { database } from "#app/_web/database.ts";
import { getViewer } from "#app/_web/viewer.ts";
import { calendarEntry } from "#lib/event/entry.ts";
import { originOf } from "#lib/event/mirror/staleness.ts";
import { getEvent } from "#lib/event/queries.ts";
import { toVCalendar } from "#lib/formats/icalendar.ts";
import { isForAll } from "#lib/policy/event.ts";

/** The event as a calendar file, as far as whoever asks may see it; called off: CANCEL under the same UID. Removed: 410. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const full = await getEvent(database(), await getViewer(), id);
  if (!full || full.event.state === "draft" || full.event.state === "scheduled")
    return new Response("Not found\n", { status: 404 });
  if (full.event.state === "deleted") return new Response("Gone\n", { status: 410 });
  const method = full.event.status === "cancelled" ? "CANCEL" : "PUBLISH";
  const { organizer, place, event } = full;
  return calendarAnswer(
    request,
    toVCalendar([calendarEntry({ ...event, place, organizer, origin: originOf(event) })], { method }),
    "event.ics",
    { open: isForAll(full.event) && !full.role },
  );
}
