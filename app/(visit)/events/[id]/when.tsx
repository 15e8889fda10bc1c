import type { EventRow } from "#lib/event/queries.ts";
import { recurrenceSentence } from "#lib/event/recurrence.ts";
import { eventDate, zoneWords } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { yourTimePlace } from "./places.ts";

type Props = { t: Translate; locale: Locale; event: EventRow };

/** The full date in the event's own zone, which is always named, and room for the reader's; whole days without clock times. */
export function When({ t, locale, event }: Props) {
  const words = zoneWords(locale, event.startTime, event.timezone);
  return (
    <div>
      <dt className="text-sm font-semibold text-muted">{t("event.when")}</dt>
      <dd>
        <time
          dateTime={event.startTime.toISOString()}
          className={`dt-start block font-display text-lg font-semibold tabular-nums print:text-xl ${event.status === "cancelled" ? "line-through" : ""}`}
        >
          {eventDate(locale, event)}
        </time>
        {event.recurrenceRule && (
          <span className="block">
            {recurrenceSentence(event.recurrenceRule, locale, event.timezone, event.exceptionDates)}
          </span>
        )}
        <span className="block text-sm text-muted">{t("event.zone", { words, zone: event.timezone })}</span>
        <div id={yourTimePlace} />
      </dd>
    </div>
  );
}
