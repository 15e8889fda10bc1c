import { daysOf } from "#lib/event/days.ts";
import { dayParts } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { dayOf } from "#lib/time.ts";

type Props = {
  t: Translate;
  locale: Locale;
  now: Date;
  event: { startTime: Date; endTime: Date; timezone: string; status: string; series?: boolean };
  className?: string;
};

/**
 * A sheet torn off a calendar, in the event's own zone. Hidden from screen readers: the full date stands in text
 * beside it. Stands inside an element with a `tone`.
 */
export function DateBlock({ t, locale, now, event, className = "" }: Props) {
  const { first, last } = daysOf(event);
  const start = dayParts(locale, first);
  const end = dayParts(locale, last);
  const today = dayOf(now, event.timezone);
  const isToday = first <= today && today <= last;
  const cancelled = event.status === "cancelled";
  const numeral = first === last ? "text-[1.875rem] font-bold" : "text-lg font-bold whitespace-nowrap";
  return (
    <time
      dateTime={first}
      aria-hidden="true"
      className={`relative block w-16 shrink-0 select-none text-center ${event.series ? "me-1 mb-1" : ""} ${className}`}
    >
      {event.series && (
        <span className="absolute inset-0 translate-x-1 translate-y-1 rounded-control border border-line bg-sunken" />
      )}
      <span className="relative block overflow-hidden rounded-control border border-line bg-surface">
        <span
          className={`block px-1 py-0.5 font-display text-xs/4 font-semibold uppercase tracking-wide ${isToday ? "bg-sun text-on-sun" : "bg-tone text-on-tone"}`}
        >
          {start.month}
        </span>
        <span
          className={`block pt-1 font-display leading-9 tabular-nums ${numeral} ${cancelled ? "line-through decoration-2" : ""}`}
        >
          {first === last ? (
            start.day
          ) : start.month === end.month ? (
            `${start.day}–${end.day}`
          ) : (
            <>
              <span className="block leading-5">{start.day}–</span>
              <span className="block text-sm leading-4">
                {end.day} {end.month}
              </span>
            </>
          )}
        </span>
        <span
          className={`block truncate px-0.5 pb-1 text-xs/4 ${cancelled ? "font-semibold text-danger" : "text-muted"}`}
        >
          {cancelled ? t("card.cancelledShort") : first === last ? start.weekday : `${start.weekday}–${end.weekday}`}
        </span>
      </span>
    </time>
  );
}
