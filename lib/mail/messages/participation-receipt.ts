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

/** The place is taken: what was booked, and the calendar entry. */
export function participationReceipt(matter: Matter): Message {
  const { t, locale, strip } = matter;
  const subject = t("mail.receiptSubject", { name: shortName(matter), date: subjectDate(matter) });
  const blocks = [
    paragraph(t("mail.receiptText", { name: longName(matter) })),
    eventFacts(matter, { places: true }),
    paragraph(t("mail.calendarAttached")),
    participationButton(matter),
    paragraph(t("mail.moreChanges")),
    ...eventFoot(matter),
  ];
  return write(subject, { locale, t, strip, heading: t("mail.receiptTitle"), blocks }, [matter.calendar("PUBLISH")]);
}
