import { daysOf } from "#lib/event/days.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { addDays, dayOf, wallAt } from "#lib/time.ts";
import { AgendaRow } from "./agenda-row.tsx";
import { isRunning } from "./card-time.ts";
import type { EventSummary } from "./event-state.ts";

type Props = {
  t: Translate;
  locale: Locale;
  now: Date;
  /** Whose "today" is meant. */
  zone: string;
  events: EventSummary[];
  /** The first day that is shown (`2026-12-05`): what began before stands under it. */
  from?: string;
  /** Whether what runs now moves to the first day, as where one looks for what is on. */
  running?: boolean;
};

/** Events under the day that they begin on, in their own zone; what began before, or runs `now`, under the first day shown. */
function byDay(events: EventSummary[], first: string, now: Date | null): [string, EventSummary[]][] {
  const days = new Map<string, EventSummary[]>();
  for (const event of events) {
    const begins = daysOf(event).first;
    const day = begins < first || (now && isRunning(event, now)) ? first : begins;
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  // Within a day by the clock that people read, though the list itself goes by instants: towns have their own noon.
  const clock = (event: EventSummary) =>
    now && isRunning(event, now) ? "" : wallAt(event.startTime, event.timezone).slice(11);
  for (const list of days.values()) list.sort((a, b) => (clock(a) < clock(b) ? -1 : clock(a) > clock(b) ? 1 : 0));
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Events under each day from `first` to `last` that they are on, in their own zone: what begins that day, then what goes on. */
export function byEachDay(events: EventSummary[], first: string, last: string): Map<string, EventSummary[]> {
  const days = new Map(byDay(events, first, null));
  for (const event of events) {
    const own = daysOf(event);
    const shown = own.first < first ? first : own.first;
    const end = own.last > last ? last : own.last;
    for (let day = addDays(shown, 1); day <= end; day = addDays(day, 1))
      days.set(day, [...(days.get(day) ?? []), event]);
  }
  return days;
}

/** The agenda: a day's sheet at the side (above, on a small screen), its events in the order of time. */
export function Agenda({ t, locale, now, zone, events, from, running = true }: Props) {
  const today = dayOf(now, zone);
  return (
    <div className="grid gap-8 lg:gap-12">
      {byDay(events, from ?? today, running ? now : null).map(([day, list]) => (
        <section
          key={day}
          aria-labelledby={`day-${day}`}
          className="lg:grid lg:grid-cols-[8.5rem_minmax(0,1fr)] lg:gap-6"
        >
          <DayHeading t={t} locale={locale} day={day} today={today} />
          <ul className="grid gap-3">
            {list.map((event) => (
              <li key={event.id}>
                <AgendaRow t={t} locale={locale} now={now} event={event} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function DayHeading({ t, locale, day, today }: { t: Translate; locale: Locale; day: string; today: string }) {
  const year = day.slice(0, 4) === today.slice(0, 4) ? undefined : ("numeric" as const);
  const format = dateFormat(locale, "UTC", { weekday: "long", day: "numeric", month: "long", year });
  const parts = format.formatToParts(new Date(`${day}T12:00:00Z`));
  const isToday = day === today;
  const looks: Record<string, string> = {
    weekday: "lg:block lg:text-base lg:font-semibold",
    day: "tabular-nums lg:block lg:text-[4rem] lg:leading-[.95] lg:font-bold",
    month: "lg:block lg:text-lg lg:font-semibold",
    year: "tabular-nums lg:block lg:text-base lg:font-normal",
    literal: "lg:hidden",
  };
  return (
    <h2
      id={`day-${day}`}
      className="sticky top-0 z-10 -mx-4 mb-3 flex items-baseline gap-2 border-b border-line bg-paper px-4 py-2 text-lg lg:static lg:z-auto lg:m-0 lg:border-0 lg:p-0 print:static print:bg-transparent"
    >
      <span className="lg:sticky lg:top-4">
        {isToday && (
          <span className="me-2 inline-block rounded-control bg-sun px-2 py-0.5 text-base font-semibold text-on-sun lg:mb-1 lg:me-0">
            {t("find.today")}
          </span>
        )}
        {isToday && <span className="sr-only">, </span>}
        <span>
          {parts.map(({ type, value }, at) => (
            <span key={`${type}${at}`} className={looks[type] ?? ""}>
              {at === 0 ? value.charAt(0).toLocaleUpperCase(locale) + value.slice(1) : value}
            </span>
          ))}
        </span>
      </span>
    </h2>
  );
}
