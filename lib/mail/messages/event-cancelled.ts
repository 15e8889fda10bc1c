import { type Block, lines, type Message, write } from "./letter.ts";
import { eventFacts, eventFoot, longName, type Matter, paragraph, shortName, subjectDate } from "./matter.ts";

/** Called off: with the organiser's words, and the calendar loses the date. */
export function eventCancelled(matter: Matter): Message {
  const { t, locale, strip, event, participation } = matter;
  const words = lines(event.cancellationMessage).trim();
  const coming = participation.state === "accepted";
  const blocks: Block[] = [
    paragraph(t("mail.cancelledText", { name: longName(matter) })),
    ...(words ? [paragraph(t("mail.message")), { kind: "quote" as const, text: words }] : []),
    eventFacts(matter),
    ...(coming ? [paragraph(t("mail.calendarCancelled"))] : []),
    { kind: "button", label: t("mail.seeEvent"), url: event.url },
    ...eventFoot(matter),
  ];
  return write(
    t("mail.cancelledSubject", { name: shortName(matter), date: subjectDate(matter) }),
    { locale, t, strip, heading: t("mail.cancelledTitle"), blocks },
    coming ? [matter.calendar("CANCEL")] : [],
  );
}
