import { type Message, write } from "./letter.ts";
import { eventFacts, eventFoot, longName, type Matter, paragraph, shortName } from "./matter.ts";

/** Left, or taken off: the calendar loses the date. */
export function participationLeft(matter: Matter): Message {
  const { t, locale, strip, event } = matter;
  const blocks = [
    paragraph(t("mail.leftText", { name: longName(matter) })),
    eventFacts(matter),
    paragraph(t("mail.calendarCancelled")),
    ...(event.deleted ? [] : [{ kind: "button" as const, label: t("mail.leftBack"), url: event.url }]),
    ...eventFoot(matter),
  ];
  return write(
    t("mail.leftSubject", { name: shortName(matter) }),
    { locale, t, strip, heading: t("mail.leftTitle"), blocks },
    [matter.calendar("CANCEL")],
  );
}
