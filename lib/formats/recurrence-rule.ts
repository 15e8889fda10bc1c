import ICAL from "ical.js";

/** A weekday (1 = Monday … 7 = Sunday); `nth` of the month: 1 to 5, or -1 for the last; 0 for each. */
export type RuleDay = { weekday: number; nth: number };
export type RecurrenceRule = {
  every: "day" | "week" | "month" | "year";
  interval: number;
  days: RuleDay[];
  monthDays: number[];
  months: number[];
  /** The end of the rule: a moment, or a whole day (then read it in UTC). */
  until: { moment: Date; wholeDay: boolean } | null;
  count: number | null;
};

const frequencies: Record<string, RecurrenceRule["every"]> = {
  DAILY: "day",
  WEEKLY: "week",
  MONTHLY: "month",
  YEARLY: "year",
};
const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const spoken = new Set(["BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"]);

/** Not `toJSDate`: of a day or a floating time it makes a moment in the zone of the server. */
function lastOf({ year, month, day, hour, minute, zone }: InstanceType<typeof ICAL.Time>) {
  const wholeDay = zone !== ICAL.Timezone.utcTimezone;
  // A rule that ends at midnight ends with the day before it.
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute) - (wholeDay ? 0 : 1000));
  return { moment, wholeDay };
}

/** An RRULE (RFC 5545 3.3.10) of the shapes that people use; null for one that is unreadable, or more than we can say. */
export function readRule(text: string): RecurrenceRule | null {
  try {
    const rule = ICAL.Recur.fromString(text) as InstanceType<typeof ICAL.Recur> & { parts: Record<string, unknown[]> };
    const every = frequencies[rule.freq ?? ""];
    if (!every || !Object.keys(rule.parts).every((part) => spoken.has(part))) return null;
    const position = rule.parts.BYSETPOS as number[] | undefined;
    const days = ((rule.parts.BYDAY ?? []) as string[]).map((written) => {
      const [, nth, name] = /^([+-]?\d+)?(\w\w)$/.exec(written) ?? [];
      return { weekday: weekdays.indexOf(name ?? "") + 1, nth: Number(nth ?? 0) };
    });
    // "The first of all Tuesdays" is the first Tuesday; of several weekdays it is something else.
    if (position && (position.length !== 1 || days.length !== 1 || days[0]!.nth !== 0)) return null;
    if (position) days[0]!.nth = position[0]!;
    if (days.some(({ weekday, nth }) => weekday === 0 || nth < -1 || nth > 5)) return null;
    const { interval, count, until } = rule;
    const monthDays = (rule.parts.BYMONTHDAY ?? []) as number[];
    const months = (rule.parts.BYMONTH ?? []) as number[];
    return {
      every,
      interval: interval ?? 1,
      days,
      monthDays,
      months,
      count: count ?? null,
      until: until ? lastOf(until) : null,
    };
  } catch {
    return null;
  }
}
