import { createHash } from "node:crypto";
import type { EventRow } from "#lib/event/queries.ts";
import type { Locale } from "#lib/locale/index.ts";
import { eventPath } from "#lib/urls.ts";

/** The address of an event's picture for other sites: another one whenever what it shows has changed. */
export function cardPath(locale: Locale, event: EventRow): string {
  const shown = [
    event.name,
    event.startWall,
    event.endWall,
    event.allDay,
    event.timezone,
    event.locality,
    event.status,
    event.tone,
  ];
  return `${eventPath(event.id)}/card.png?${locale}-${createHash("sha256").update(JSON.stringify(shown)).digest("hex").slice(0, 12)}`;
}
