import { createHash } from "node:crypto";
import type { FullEvent } from "#lib/event/queries.ts";
import { toneOf } from "#lib/formats/tone.ts";
import type { Locale } from "#lib/locale/index.ts";
import { eventPath } from "#lib/urls.ts";

type Shown = Pick<FullEvent, "event" | "organizer">;

/** The query of an event's picture: locale, and a hash of what the picture shows. */
export function cardQuery(locale: Locale, { event, organizer }: Shown): string {
  const shown = [
    event.name,
    event.startWall,
    event.endWall,
    event.allDay,
    event.timezone,
    event.attendanceMode,
    event.locality,
    event.status,
    toneOf({ tone: event.tone, organizer }),
  ];
  return `${locale}-${createHash("sha256").update(JSON.stringify(shown)).digest("hex").slice(0, 12)}`;
}

/** The address of an event's picture for other sites: another one whenever what it shows has changed. */
export const cardPath = (locale: Locale, full: Shown): string =>
  `${eventPath(full.event.id)}/card.png?${cardQuery(locale, full)}`;
