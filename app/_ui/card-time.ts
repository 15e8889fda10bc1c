import { daysOf } from "#lib/event/days.ts";
import { clock, dateFormat, shortDate } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { addDays, dayOf } from "#lib/time.ts";
import type { EventSummary } from "./event-state.ts";

type Timed = Pick<
  EventSummary,
  "startTime" | "endTime" | "endWall" | "timezone" | "allDay" | "attendanceMode" | "status"
>;

export const isRunning = (event: Pick<Timed, "startTime" | "endTime" | "status">, now: Date): boolean =>
  event.startTime <= now && now < event.endTime && event.status !== "cancelled";

/** The end as a clock time when it is soon, else as a day; French says each with another word. */
function until(locale: Locale, event: Timed, now: Date): { end: string; unit: "day" | "time" } {
  const { last } = daysOf(event);
  const today = dayOf(now, event.timezone);
  if (!event.allDay && (last === today || dayOf(event.endTime, event.timezone) === addDays(today, 1)))
    return { end: clock(locale, event.endTime, event.timezone), unit: "time" };
  const day = new Date(`${last}T12:00:00Z`);
  return { end: dateFormat(locale, "UTC", { day: "numeric", month: "short" }).format(day), unit: "day" };
}

/** The zone's short name where readers may sit in another one. */
const zone = (locale: Locale, event: Timed): string =>
  event.attendanceMode === "offline" || event.allDay
    ? ""
    : ` ${
        dateFormat(locale, event.timezone, { timeZoneName: "short" })
          .formatToParts(event.startTime)
          .find((part) => part.type === "timeZoneName")?.value ?? event.timezone
      }`;

/** Runs, and how long is worth saying: not of whole days whose last one is today. */
const lasts = (event: Timed, now: Date): boolean =>
  isRunning(event, now) && !(event.allDay && daysOf(event).last === dayOf(now, event.timezone));

/** When, on a card: "Sat 5 Dec, 19:00–22:00", "5 Dec – 7 Dec", "Now, until 18:00". */
export function cardTime(t: Translate, locale: Locale, event: Timed, now: Date): string {
  if (lasts(event, now)) return `${t("card.nowUntil", until(locale, event, now))}${zone(locale, event)}`;
  const { first, last } = daysOf(event);
  if (first !== last) {
    const year = first.slice(0, 4) === dayOf(now, event.timezone).slice(0, 4) ? undefined : ("numeric" as const);
    const format = dateFormat(locale, "UTC", { day: "numeric", month: "short", weekday: "short", year });
    return format.formatRange(new Date(`${first}T12:00:00Z`), new Date(`${last}T12:00:00Z`));
  }
  const end = event.endWall && !event.allDay ? `–${clock(locale, event.endTime, event.timezone)}` : "";
  return `${shortDate(locale, event, now)}${end}${zone(locale, event)}`;
}

/** The time column of an agenda row, in two short lines: "19:00" over "–22:00", "now" over "until 18:00". */
export function rowTime(t: Translate, locale: Locale, event: Timed, now: Date): { at: string; to: string } {
  if (lasts(event, now)) return { at: t("card.now"), to: t("card.until", until(locale, event, now)) };
  const { first, last } = daysOf(event);
  const lasting = first !== last ? t("card.until", until(locale, event, event.startTime)) : "";
  if (event.allDay) return { at: t("card.allDay"), to: isRunning(event, now) ? "" : lasting };
  const at = clock(locale, event.startTime, event.timezone);
  if (lasting) return { at, to: lasting };
  return { at, to: event.endWall ? `– ${clock(locale, event.endTime, event.timezone)}` : "" };
}
