import { type Message, write } from "./letter.ts";
import { eventFacts, eventFoot, longName, type Matter, paragraph, participationButton, shortName } from "./matter.ts";

/** Confirmed, but no place yet: the organiser decides, or a seat must fall free. */
export function participationRequested(matter: Matter): Message {
  const { t, locale, strip, participation } = matter;
  const waiting = participation.state === "waitlisted";
  return write(t(waiting ? "mail.waitlistedSubject" : "mail.requestedSubject", { name: shortName(matter) }), {
    locale,
    t,
    strip,
    heading: t(waiting ? "mail.waitlistedTitle" : "mail.requestedTitle"),
    blocks: [
      paragraph(t(waiting ? "mail.waitlistedText" : "mail.requestedText", { name: longName(matter) })),
      eventFacts(matter, { places: true }),
      participationButton(matter),
      ...eventFoot(matter),
    ],
  });
}
