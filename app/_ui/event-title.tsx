import { eventPath } from "#lib/urls.ts";
import type { EventSummary } from "./event-state.ts";

/** An event's name in its own language, as the one link of its card or row: it covers all of it. */
export function EventTitle({ event }: { event: Pick<EventSummary, "id" | "name" | "language"> }) {
  return (
    <h3 className="line-clamp-3 text-lg/tight" dir="auto" lang={event.language === "und" ? undefined : event.language}>
      <a
        href={eventPath(event.id)}
        className="after:absolute after:inset-0 after:rounded-card group-hover:underline focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:-outline-offset-3 focus-visible:after:outline-focus"
      >
        {event.name}
      </a>
    </h3>
  );
}
