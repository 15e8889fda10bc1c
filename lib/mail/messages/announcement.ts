import { cut, isolated, lines, type Message, write } from "./letter.ts";
import { eventFacts, eventFoot, longName, type Matter, paragraph, participationButton, shortName } from "./matter.ts";

/** What the organiser writes to those who take part: their words set apart, as they were typed. */
export function announced(matter: Matter, { name, content }: { name: string; content: string }): Message {
  const { t, locale, strip, event } = matter;
  const subject = isolated(cut(name, 80));
  const organizer = isolated(cut(event.organizer, 100));
  return write(t("mail.announcementSubject", { name: shortName(matter), subject }), {
    locale,
    t,
    strip,
    heading: subject,
    blocks: [
      paragraph(t("mail.announcementText", { organizer, name: longName(matter) })),
      { kind: "quote", text: lines(content).trim() },
      eventFacts(matter),
      participationButton(matter),
      ...eventFoot(matter),
    ],
  });
}
