import { cut, isolated, type Message, write } from "./letter.ts";
import {
  eventFacts,
  eventFoot,
  longName,
  type Matter,
  paragraph,
  participationButton,
  shortName,
  strangerFoot,
  subjectDate,
} from "./matter.ts";

/**
 * The place is taken: what was booked, and the calendar entry. Also for somebody whom the organiser put on the list, who
 * may not have asked.
 */
export function participationReceipt(matter: Matter): Message {
  const { t, locale, strip, participation } = matter;
  const { added } = participation;
  const subject = t("mail.receiptSubject", { name: shortName(matter), date: subjectDate(matter) });
  const blocks = [
    paragraph(
      added
        ? t("mail.addedText", { name: longName(matter), organizer: isolated(cut(matter.event.organizer, 100)) })
        : t("mail.receiptText", { name: longName(matter) }),
    ),
    eventFacts(matter, { places: true }),
    paragraph(t("mail.calendarAttached")),
    participationButton(matter),
    paragraph(t("mail.moreChanges")),
    ...(added ? strangerFoot(matter) : eventFoot(matter)),
  ];
  return write(subject, { locale, t, strip, heading: t("mail.receiptTitle"), blocks }, [matter.calendar("PUBLISH")]);
}
