import type { Locale } from "./index.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** An `Intl.DateTimeFormat` made once a locale, zone and shape: making one costs more than a page's queries. */
export function dateFormat(locale: Locale, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    if (formats.size > 2_000) formats.clear();
    // British English: 24 h clock, day before month, as on a notice board.
    format = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { ...options, timeZone });
    formats.set(key, format);
  }
  return format;
}

type When = { startTime: Date; endTime: Date; endWall: string | null; timezone: string; allDay: boolean };

/** The moment that the last day of an event is named by: an end at midnight belongs to the day before. */
const lastMoment = ({ startTime, endTime }: When) =>
  endTime > startTime ? new Date(endTime.getTime() - 1000) : startTime;

/** "Saturday 5 December 2026, 19:00–22:00", in the event's zone; all day without clock times. */
export function eventDate(locale: Locale, when: When): string {
  const day: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  if (when.allDay) return dateFormat(locale, when.timezone, day).formatRange(when.startTime, lastMoment(when));
  const format = dateFormat(locale, when.timezone, { ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return when.endWall === null ? format.format(when.startTime) : format.formatRange(when.startTime, when.endTime);
}

/** "Sat 5 Dec, 19:00" (for subjects, cards and shares); the year only where it is not this one. */
export function shortDate(
  locale: Locale,
  when: Pick<When, "startTime" | "timezone" | "allDay">,
  now = new Date(),
): string {
  const year = (date: Date) => dateFormat(locale, when.timezone, { year: "numeric" }).format(date);
  const options: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short" };
  if (year(when.startTime) !== year(now)) options.year = "numeric";
  const day = dateFormat(locale, when.timezone, options).format(when.startTime);
  return when.allDay ? day : `${day}, ${clock(locale, when.startTime, when.timezone)}`;
}

/** "Sat 5 Dec, 19:00" of any instant. */
export const dayAndTime = (locale: Locale, instant: Date, timezone: string): string =>
  shortDate(locale, { startTime: instant, timezone, allDay: false });

/** "19:00". */
export const clock = (locale: Locale, instant: Date, timeZone: string): string =>
  dateFormat(locale, timeZone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(instant);

/** The zone in words: "Central European Standard Time". */
export function zoneWords(locale: Locale, instant: Date, timeZone: string): string {
  const parts = dateFormat(locale, timeZone, { timeZoneName: "long" }).formatToParts(instant);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

/** The pieces of a day's sheet: "5", "Dec", "Sat". */
export function dayParts(locale: Locale, day: string): { day: string; month: string; weekday: string } {
  const noon = new Date(`${day}T12:00:00Z`);
  const part = (options: Intl.DateTimeFormatOptions) =>
    dateFormat(locale, "UTC", options).format(noon).replace(/\.$/, "");
  return { day: part({ day: "numeric" }), month: part({ month: "short" }), weekday: part({ weekday: "short" }) };
}
