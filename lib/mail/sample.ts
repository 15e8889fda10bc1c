import type { DeskEvent } from "#lib/event/desk/queries.ts";
import { type Locale, translator } from "#lib/locale/index.ts";
import { placeLine } from "#lib/place/address.ts";
import { absolute, eventPath, ownHost } from "#lib/urls.ts";
import { eventCancelled } from "./messages/event-cancelled.ts";
import type { Message } from "./messages/letter.ts";

/** The mail that somebody who is coming gets when the event is called off with these words, in one language. */
export function cancellationSample(
  { event, place, organizer }: Pick<DeskEvent, "event" | "place" | "organizer">,
  words: string,
  instance: string,
  locale: Locale,
): Message {
  const url = absolute(eventPath(event.id));
  return eventCancelled({
    locale,
    t: translator(locale),
    now: new Date(),
    host: ownHost(),
    instance,
    home: absolute("/"),
    event: {
      ...event,
      status: "cancelled",
      cancellationMessage: words,
      organizer: organizer.name || organizer.handle,
      url,
      place: place ? placeLine(place) : "",
      kept: { place: false, online: false },
      deleted: false,
    },
    participation: {
      state: "accepted",
      guests: 0,
      promoted: false,
      timezone: event.timezone,
      expiresAt: null,
      url,
      byAccount: false,
      added: false,
    },
    stopUrl: url,
    stopLabel: translator(locale)("mail.stopEvent"),
    strip: null,
    calendar: () => ({ filename: "event.ics", contentType: "text/calendar", content: "" }),
  });
}
