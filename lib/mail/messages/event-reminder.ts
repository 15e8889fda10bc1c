import { clock } from "#lib/locale/dates.ts";
import { dayOf } from "#lib/time.ts";
import { type Message, write } from "./letter.ts";
import { eventFacts, eventFoot, longName, type Matter, paragraph, participationButton, shortName } from "./matter.ts";

/** The day before, or the same day where it was announced late: when, where, and how to give the place back. */
export function eventReminder(matter: Matter): Message {
  const { t, locale, strip, event, now } = matter;
  const day = dayOf(event.startTime, event.timezone) === dayOf(now, event.timezone) ? "today" : "tomorrow";
  const time = clock(locale, event.startTime, event.timezone);
  const name = shortName(matter);
  return write(
    event.allDay ? t("mail.reminderSubjectDay", { day, name }) : t("mail.reminderSubject", { day, name, time }),
    {
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
    },
  );
}
