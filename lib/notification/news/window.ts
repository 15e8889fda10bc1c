import { addDays, dayOf, instantOf, weekday } from "#lib/time.ts";
import type { Cadence } from "../choice/matrix.ts";

const hour = 3_600_000;
const morning = (day: string, zone: string) => instantOf(`${day}T08:00:00`, zone);

/**
 * When the window that is open at `now` began: what happened before is told, what happens in it waits for the next. An
 * hour begins with the clock's, a day at eight in the morning of the zone, a week with Monday's. Null: nothing is gathered.
 */
export function windowBegan(cadence: Cadence, zone: string, now: Date): Date | null {
  if (cadence === "hourly") return new Date(Math.floor(now.getTime() / hour) * hour);
  if (cadence !== "daily" && cadence !== "weekly") return null;
  const today = dayOf(now, zone);
  const step = cadence === "daily" ? 1 : 7;
  const day = cadence === "daily" ? today : addDays(today, 1 - weekday(today));
  const began = morning(day, zone);
  return began <= now ? began : morning(addDays(day, -step), zone);
}
