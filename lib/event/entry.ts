import type { CalendarEvent } from "#lib/formats/icalendar.ts";
import { excerpt } from "#lib/html.ts";
import { placeLine } from "#lib/place/address.ts";
import { absolute, actorPath, eventPath } from "#lib/urls.ts";
import type { EventRow, PlaceRow } from "./queries.ts";

type Told = {
  event: EventRow;
  organizer: { name: string; handle: string; host: string | null };
  /** Null: there is none, or this reader may not see it. */
  place: PlaceRow | null;
};

/** An event as its calendar entry: what the page tells everybody, cut to what calendars show. */
export function calendarEvent({ event, organizer, place }: Told): CalendarEvent {
  const where = [place && placeLine(place), event.attendanceMode === "offline" ? "" : event.onlineUrl];
  return {
    uid: event.uid,
    sequence: event.sequence,
    name: event.name,
    text: excerpt(event.content, event.mediaType, 1_000),
    url: absolute(eventPath(event.id)),
    startTime: event.startTime,
    endTime: event.endTime,
    startWall: event.startWall,
    endWall: event.endWall,
    allDay: event.allDay,
    timezone: event.timezone,
    status: event.status,
    location: where.filter(Boolean).join(" · ") || null,
    latitude: place?.latitude ?? null,
    longitude: place?.longitude ?? null,
    tags: event.tags,
    organizer: { name: organizer.name, url: absolute(actorPath(organizer.handle, organizer.host)) },
    recurrenceRule: event.recurrenceRule,
    createdAt: event.createdAt,
    updatedAt: event.updatedAt,
  };
}
