import { Still } from "#app/_web/still.tsx";
import type { EventRow } from "#lib/event/queries.ts";
import { recurrenceSentence } from "#lib/event/recurrence.ts";
import { eventDate, zoneWords } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { YourTimeIsland } from "./your-time-island.tsx";

type Props = { t: Translate; locale: Locale; event: EventRow };

/** When an event is, and what o'clock that is where the reader's browser is. `of`: what the page is made of (`versionOf`). */
export function When({ of, ...props }: Props & { of: string }) {
  const { t, locale, event } = props;
  return (
    <div>
      <dt className="text-sm font-semibold text-muted">{t("event.when")}</dt>
      <dd>
        <Still of={`when ${of}`}>
          <Dates {...props} />
        </Still>
        {!event.allDay && (
          <YourTimeIsland
            instant={event.startTime.toISOString()}
            timezone={event.timezone}
            locale={locale === "en" ? "en-GB" : locale}
            template={t("event.yourTime", { time: "{time}" })}
          />
        )}
      </dd>
    </div>
  );
}

/** The full date in the event's own zone, which is always named; whole days without clock times. */
function Dates({ t, locale, event }: Props) {
  const words = zoneWords(locale, event.startTime, event.timezone);
  return (
    <>
      <time
        dateTime={event.startTime.toISOString()}
        className={`dt-start block font-display text-lg font-semibold tabular-nums print:text-xl ${event.status === "cancelled" ? "line-through" : ""}`}
      >
        {eventDate(locale, event)}
      </time>
      {event.recurrenceRule && (
        <span className="block">{recurrenceSentence(event.recurrenceRule, locale, event.timezone)}</span>
      )}
      <span className="block text-sm text-muted">{t("event.zone", { words, zone: event.timezone })}</span>
    </>
  );
}
