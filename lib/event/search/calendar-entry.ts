import type { CalendarEvent } from "#lib/formats/icalendar.ts";
import { excerpt } from "#lib/html.ts";
import { placeLine } from "#lib/place/address.ts";
import { absolute, actorPath, eventPath } from "#lib/urls.ts";
import type { FeedEvent } from "./queries/feed.ts";

/** A listed event as a calendar entry. Markdown is text already; a peer's HTML becomes text. */
export function calendarEntry(event: FeedEvent): CalendarEvent {
  const text = event.mediaType === "text/html" ? excerpt(event.content, event.mediaType, 1_000) : event.content;
  const where = [event.place ? placeLine(event.place) : "", event.onlineUrl ?? ""].filter(Boolean).join(", ");
  return {
    ...event,
    text,
    url: absolute(eventPath(event.id)),
    location: where || null,
    organizer: { name: event.organizer.name, url: absolute(actorPath(event.organizer.handle, event.organizer.host)) },
  };
}
