import type { CalendarEvent } from "#lib/formats/icalendar.ts";
import { beginning, excerpt } from "#lib/html.ts";
import { placeLine } from "#lib/place/address.ts";
import { absolute, actorPath, eventPath } from "#lib/urls.ts";

type Told = Omit<CalendarEvent, "text" | "url" | "location" | "organizer"> & {
  id: string;
  content: string;
  mediaType: string;
  onlineUrl: string | null;
  /** Null: there is none, or this reader may not see it. */
  place: Parameters<typeof placeLine>[0] | null;
  organizer: { name: string; handle: string; host: string | null };
  /** Its page on the server that it comes from. */
  origin?: string | null;
};

/** An event as its calendar entry: what its page tells everybody, cut to what calendars show. */
export function calendarEntry(event: Told): CalendarEvent {
  const where = [event.place ? placeLine(event.place) : "", event.onlineUrl ?? ""].filter(Boolean).join(", ");
  const text =
    event.mediaType === "text/html" ? excerpt(event.content, event.mediaType, 1_000) : beginning(event.content, 2_000);
  return {
    ...event,
    // Markdown reads as text already; a peer's HTML becomes text.
    text: event.origin ? [text, event.origin].filter(Boolean).join("\n\n") : text,
    url: absolute(eventPath(event.id)),
    location: where || null,
    organizer: { name: event.organizer.name, url: absolute(actorPath(event.organizer.handle, event.organizer.host)) },
  };
}
