import { type Block, type Message, write } from "./letter.ts";
import { eventFacts, eventFoot, longName, type Matter, paragraph, shortName, subjectDate } from "./matter.ts";

/** The event is gone from here: whoever signed up is told, and the calendar loses the date. */
export function eventDeleted(matter: Matter): Message {
  const { t, locale, strip, host, home, participation } = matter;
  const coming = participation.state === "accepted";
  const blocks: Block[] = [
    paragraph(t("mail.deletedText", { name: longName(matter), host })),
    eventFacts(matter),
    ...(coming ? [paragraph(t("mail.calendarCancelled"))] : []),
    { kind: "button", label: t("mail.otherEvents"), url: home },
    ...eventFoot(matter),
  ];
  return write(
    t("mail.deletedSubject", { name: shortName(matter), date: subjectDate(matter) }),
    { locale, t, strip, heading: t("mail.deletedTitle"), blocks },
    coming ? [matter.calendar("CANCEL")] : [],
  );
}
