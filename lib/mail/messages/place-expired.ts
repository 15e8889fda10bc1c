import { type Message, write } from "./letter.ts";
import { eventFacts, eventFoot, longName, type Matter, paragraph, shortName } from "./matter.ts";

/** The time to keep a held place has passed: it went to the next, and the list may be joined again. */
export function placeExpired(matter: Matter): Message {
  const { t, locale, strip, event } = matter;
  return write(t("mail.expiredSubject", { name: shortName(matter) }), {
    locale,
    t,
    strip,
    heading: t("mail.expiredTitle"),
    blocks: [
      paragraph(t("mail.expiredText", { name: longName(matter) })),
      eventFacts(matter),
      { kind: "button", label: t("mail.expiredBack"), url: event.url },
      ...eventFoot(matter),
    ],
  });
}
