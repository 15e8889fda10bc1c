import { type RecurrenceRule, readRule } from "#lib/formats/recurrence-rule.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import { type Locale, translator } from "#lib/locale/index.ts";

const weekdayName = (locale: Locale, weekday: number) =>
  // 1 January 2024 was a Monday.
  dateFormat(locale, "UTC", { weekday: "long" }).format(new Date(Date.UTC(2024, 0, weekday)));

const joined = (locale: Locale, parts: string[]) =>
  new Intl.ListFormat(locale === "en" ? "en-GB" : locale, { type: "conjunction" }).format(parts);

/** On which days, in words; empty: on the day of the first one; null: not in words of ours. */
function daysOf(rule: RecurrenceRule, locale: Locale): string | null {
  const t = translator(locale);
  const { every, days, monthDays, months } = rule;
  const numbered = days.some(({ nth }) => nth !== 0);
  if (days.length === 0 && monthDays.length === 0 && months.length === 0) return "";
  if (every === "week" && !numbered && days.length > 0 && monthDays.length === 0 && months.length === 0)
    return joined(
      locale,
      days.map(({ weekday }) => t("event.repeatsWeekday", { day: weekdayName(locale, weekday) })),
    );
  if (every === "month" && months.length === 0 && monthDays.length === 0 && days.every(({ nth }) => nth !== 0))
    return joined(
      locale,
      days.map(({ weekday, nth }) =>
        t("event.repeatsNth", { nth: nth < 0 ? "last" : String(nth), day: weekdayName(locale, weekday) }),
      ),
    );
  if (every === "month" && months.length === 0 && days.length === 0 && monthDays.every((day) => day > 0))
    return joined(
      locale,
      monthDays.map((day) => t("event.repeatsMonthDay", { day })),
    );
  const [month, day] = [months[0], monthDays[0]];
  if (
    every === "year" &&
    days.length === 0 &&
    months.length === 1 &&
    monthDays.length === 1 &&
    month &&
    day &&
    day > 0
  ) {
    const date = new Date(Date.UTC(2024, month - 1, day));
    const words = dateFormat(locale, "UTC", { day: "numeric", month: "long" }).format(date);
    return t("event.repeatsWeekday", { day: words });
  }
  return null;
}

/**
 * An RRULE as a sentence: "Every 2 weeks on Tuesday and Thursday until 5 June 2027". A rule that we have no words for is
 * said to repeat, no more: better than wrong. `exceptions`: the days that it leaves out.
 */
export function recurrenceSentence(text: string, locale: Locale, timezone: string, exceptions: string[] = []): string {
  const t = translator(locale);
  const when = ruleSentence(text, locale, timezone);
  if (exceptions.length === 0) return when;
  if (exceptions.length > 4) return t("event.repeatsBut", { when, count: exceptions.length });
  const format = dateFormat(locale, "UTC", { day: "numeric", month: "long" });
  const dates = joined(
    locale,
    exceptions.map((day) => t("event.repeatsWeekday", { day: format.format(new Date(`${day}T12:00:00Z`)) })),
  );
  return t("event.repeatsExcept", { when, dates });
}

function ruleSentence(text: string, locale: Locale, timezone: string): string {
  const t = translator(locale);
  const rule = readRule(text);
  const days = rule && daysOf(rule, locale);
  if (!rule || days === null) return t("event.repeatsSomehow");
  const every = t("event.repeatsEvery", { unit: rule.every, interval: rule.interval });
  const when = days ? t("event.repeatsOn", { every, days }) : every;
  if (rule.count) return t("event.repeatsTimes", { when, count: rule.count });
  if (!rule.until) return when;
  const zone = rule.until.wholeDay ? "UTC" : timezone;
  const format = dateFormat(locale, zone, { day: "numeric", month: "long", year: "numeric" });
  return t("event.repeatsUntil", { when, date: format.format(rule.until.moment) });
}
