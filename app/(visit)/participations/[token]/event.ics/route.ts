import { calendarAnswer } from "#app/_web/calendar-answer.ts";
import { database } from "#app/_web/database.ts";
import { calendarEntry } from "#lib/event/entry.ts";
import { originOf } from "#lib/event/mirror/staleness.ts";
import { toVCalendar } from "#lib/formats/icalendar.ts";
import { getParticipationByToken } from "#lib/participation/queries.ts";
import { isTakenDown } from "#lib/policy/event.ts";

/** The calendar file of somebody who is accepted: with the place and the meeting link that are kept back from others. */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const found = await getParticipationByToken(database(), (await params).token);
  if (found?.participation.state !== "accepted") return new Response("Not found\n", { status: 404 });
  const { event, place, organizer } = found;
  if (!found.open || event.state === "deleted" || isTakenDown(event)) return new Response("Gone\n", { status: 410 });
  const entry = calendarEntry({
    ...event,
    place,
    organizer: { ...organizer, name: organizer.name || organizer.handle },
    origin: originOf(event),
  });
  const method = event.status === "cancelled" ? "CANCEL" : "PUBLISH";
  return calendarAnswer(request, toVCalendar([entry], { method }), "event.ics", { open: false });
}
