import { addDays, dayOf, instantOf, weekday } from "#lib/time.ts";
import type { Search } from "./input.ts";

/** From when to when events are wanted: `from` inclusive, `to` exclusive (null = for ever). */
export type Window = {
  from: Date;
  to: Date | null;
  /** `past`: ended before `from`, latest first. `now`: only what runs at `from`. */
  kind: "coming" | "now" | "past";
};

/** The instants that a search's dates or preset mean in a zone. Without any: from now on. A week begins on Monday. */
export function windowOf({ when, from, to }: Pick<Search, "when" | "from" | "to">, zone: string, now: Date): Window {
  const midnight = (day: string) => instantOf(`${day}T00:00:00`, zone);
  const today = dayOf(now, zone);
  const until = (day: string): Window => ({ from: now, to: midnight(day), kind: "coming" });
  if (from || to)
    return {
      from: from ? midnight(from) : now,
      to: to ? midnight(addDays(to, 1)) : null,
      kind: "coming",
    };
  switch (when) {
    case "now":
      return { from: now, to: now, kind: "now" };
    case "past":
      return { from: now, to: null, kind: "past" };
    case "today":
      return until(addDays(today, 1));
    case "tomorrow":
      return { from: midnight(addDays(today, 1)), to: midnight(addDays(today, 2)), kind: "coming" };
    case "weekend": {
      const saturday = addDays(today, 6 - weekday(today));
      const monday = addDays(today, 8 - weekday(today));
      return weekday(today) >= 6 ? until(monday) : { from: midnight(saturday), to: midnight(monday), kind: "coming" };
    }
    case "week":
      return until(addDays(today, 8 - weekday(today)));
    case "month": {
      const first = `${today.slice(0, 8)}01`;
      return until(`${addDays(first, 32).slice(0, 8)}01`);
    }
    default:
      return { from: now, to: null, kind: "coming" };
  }
}
