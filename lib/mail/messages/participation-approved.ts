import { type Message, write } from "./letter.ts";
import { eventFacts, eventFoot, longName, type Matter, paragraph, participationButton, shortName } from "./matter.ts";

/** The organiser said yes, or the waiting list moved: a place, and the calendar entry. */
export function participationApproved(matter: Matter): Message {
  const { t, locale, strip, participation } = matter;
  const { promoted } = participation;
  const name = longName(matter);
  const blocks = [
    paragraph(t(promoted ? "mail.promotedText" : "mail.approvedText", { name })),
    eventFacts(matter, { places: true }),
    paragraph(t("mail.calendarAttached")),
    participationButton(matter),
    paragraph(t(promoted ? "mail.promotedHint" : "mail.moreChanges")),
    ...eventFoot(matter),
  ];
  return write(
    t(promoted ? "mail.promotedSubject" : "mail.approvedSubject", { name: shortName(matter) }),
    { locale, t, strip, heading: t(promoted ? "mail.promotedTitle" : "mail.approvedTitle"), blocks },
    [matter.calendar("PUBLISH")],
  );
}
