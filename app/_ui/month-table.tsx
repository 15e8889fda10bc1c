import { daysOf } from "#lib/event/days.ts";
import type { Month } from "#lib/event/search/month.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { clock, dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { eventPath } from "#lib/urls.ts";
import type { EventSummary } from "./event-state.ts";

type Props = {
  t: Translate;
  locale: Locale;
  month: Month;
  today: string;
  caption: string;
  /** Events by each day that they are on. */
  days: Map<string, EventSummary[]>;
  /** The address of one day as a list. */
  hrefOf: (day: string) => string;
};

const shown = 4;
const at = (day: string) => new Date(`${day}T12:00:00Z`);

/** A month on one sheet, for wide screens. */
export function MonthTable({ t, locale, month, today, caption, days, hrefOf }: Props) {
  const name = (day: string, style: "long" | "short") => dateFormat(locale, "UTC", { weekday: style }).format(at(day));
  return (
    <table className="w-full table-fixed border-collapse overflow-hidden border border-line bg-surface">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {month.weeks[0]!.map((day) => (
            <th
              key={day}
              scope="col"
              className="border border-line bg-sunken px-2 py-2 text-start text-sm font-semibold"
            >
              <abbr title={name(day, "long")} className="no-underline">
                {name(day, "short")}
              </abbr>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {month.weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <Day
                key={day}
                {...{ t, locale, day, today, hrefOf }}
                inside={day >= month.first && day <= month.last}
                events={days.get(day) ?? []}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** When it begins, on the day that it does; else that it goes on. */
function Hour({ t, locale, day, event }: Pick<Props, "t" | "locale"> & { day: string; event: EventSummary }) {
  if (daysOf(event).first < day)
    return (
      <>
        <span aria-hidden="true" className="me-1 text-muted">
          …
        </span>
        <span className="sr-only">{t("find.goesOn")} </span>
      </>
    );
  if (event.allDay) return null;
  return (
    <span className="me-1 font-display font-semibold tabular-nums">
      {clock(locale, event.startTime, event.timezone)}
    </span>
  );
}

type DayProps = Pick<Props, "t" | "locale" | "today" | "hrefOf"> & {
  day: string;
  inside: boolean;
  events: EventSummary[];
};

function Day({ t, locale, day, today, hrefOf, inside, events }: DayProps) {
  const numeral = dateFormat(locale, "UTC", { day: "numeric" }).format(at(day));
  const spoken = dateFormat(locale, "UTC", { day: "numeric", month: "long" }).format(at(day));
  if (!inside) return <td className="h-28 border border-line bg-sunken" aria-hidden="true" />;
  return (
    <td className="h-28 border border-line p-1.5 align-top" aria-current={day === today ? "date" : undefined}>
      <p className="mb-1">
        <span className="sr-only">{spoken}</span>
        <span
          aria-hidden="true"
          className={`inline-block min-w-7 rounded-control px-1.5 text-center font-display font-bold tabular-nums ${day === today ? "bg-sun text-on-sun" : ""}`}
        >
          {numeral}
        </span>
      </p>
      <ul className="grid gap-1">
        {events.slice(0, shown).map((event) => (
          <li key={event.id} data-tone={toneOf(event)} className="tone">
            <a
              href={eventPath(event.id)}
              className={`block rounded-control bg-tone-tint px-1.5 py-1 text-sm/tight hover:underline ${event.status === "cancelled" ? "line-through" : ""}`}
            >
              <Hour {...{ t, locale, day, event }} />
              <span className="line-clamp-2" dir="auto">
                {event.name}
              </span>
              {event.status === "cancelled" && <span className="sr-only"> ({t("card.cancelled")})</span>}
            </a>
          </li>
        ))}
      </ul>
      {events.length > shown && (
        <a
          href={hrefOf(day)}
          className="mt-1 inline-flex min-h-8 items-center text-sm font-semibold text-accent hover:underline"
        >
          {t("find.moreOnDay", { count: events.length - shown })}
          <span className="sr-only">, {spoken}</span>
        </a>
      )}
    </td>
  );
}
