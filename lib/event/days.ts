import { addDays, dayOf, wallAt } from "#lib/time.ts";

type When = { startTime: Date; endTime: Date; timezone: string };

/** An evening that ends before this hour of the next morning is one evening, not two days. */
const morning = 6;

/** The first and last day (`2026-12-05`) that an event is on, in its own zone; equal for one evening. */
export function daysOf({ startTime, endTime, timezone }: When): { first: string; last: string } {
  const first = dayOf(startTime, timezone);
  const wall = wallAt(endTime > startTime ? new Date(endTime.getTime() - 1000) : startTime, timezone);
  const last = wall.slice(0, 10);
  const night = last !== first && last === addDays(first, 1) && Number(wall.slice(11, 13)) < morning;
  return { first, last: night || last < first ? first : last };
}
