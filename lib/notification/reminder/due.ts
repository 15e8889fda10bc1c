import { dayOf, instantOf } from "#lib/time.ts";
import type { ReminderSubject } from "../choice/matrix.ts";

const day = 24 * 3_600_000;

type Start = { startTime: Date; allDay: boolean; timezone: string };

/**
 * When somebody in a zone is reminded of a start: seven days or one before it, or at eight in the morning of its day as
 * their own clock has it (of the event's, if it lasts all day). Null: that morning is too late for it.
 */
export function reminderAt(
  subject: ReminderSubject,
  { startTime, allDay, timezone }: Start,
  zone: string,
): Date | null {
  if (subject === "reminder-week") return new Date(startTime.getTime() - 7 * day);
  if (subject === "reminder-day") return new Date(startTime.getTime() - day);
  const at = instantOf(`${dayOf(startTime, allDay ? timezone : zone)}T08:00:00`, zone);
  return allDay || at < startTime ? at : null;
}
