import { addDays, weekday } from "#lib/time.ts";

/** A month as a calendar sheet: whole weeks from Monday, days outside of the month included. */
export type Month = { first: string; last: string; previous: string; next: string; weeks: string[][] };

/** The month that a day (`2026-12-05`) is in. */
export function monthOf(day: string): Month {
  const first = `${day.slice(0, 8)}01`;
  const next = `${addDays(first, 32).slice(0, 8)}01`;
  const last = addDays(next, -1);
  const weeks: string[][] = [];
  for (let monday = addDays(first, 1 - weekday(first)); monday <= last; monday = addDays(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, at) => addDays(monday, at)));
  return { first, last, previous: `${addDays(first, -1).slice(0, 8)}01`, next, weeks };
}
