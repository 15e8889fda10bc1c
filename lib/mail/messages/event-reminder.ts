import { clock } from "#lib/locale/dates.ts";
import { dayOf } from "#lib/time.ts";
import { type Message, write } from "./letter.ts";
import {
  eventFacts,
  eventFoot,
  longName,
  type Matter,
  paragraph,
  participationButton,
  shortName,
  subjectDate,
} from "./matter.ts";

/** A week or a day before, or the same day: when, where, and how to give the place back. */
export function eventReminder(matter: Matter, week = false): Message {
  const { t, locale, strip, event, now } = matter;
  const today = dayOf(event.startTime, event.timezone) === dayOf(now, event.timezone);
  const day = week ? "week" : today ? "today" : "tomorrow";
  const time = clock(locale, event.startTime, event.timezone);
  const name = shortName(matter);
  const date = subjectDate(matter);
  const usual = event.allDay
    ? t("mail.reminderSubjectDay", { day, name })
    : t("mail.reminderSubject", { day, name, time });
  return write(week ? t("mail.reminderSubjectWeek", { name, date }) : usual, {
    locale,
    t,
    strip,
    heading: t("mail.reminderTitle", { day }),
    blocks: [
      paragraph(t("mail.reminderText", { day, name: longName(matter) })),
      eventFacts(matter, { places: true }),
      participationButton(matter),
      paragraph(t("mail.reminderHint")),
      ...eventFoot(matter),
    ],
  });
}
