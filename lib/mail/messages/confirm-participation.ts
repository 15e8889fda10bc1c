import { eventDate, zoneWords } from "#lib/locale/dates.ts";
import { type Message, write } from "./letter.ts";
import {
  eventFacts,
  longName,
  type Matter,
  paragraph,
  participationButton,
  shortName,
  strangerFoot,
  subjectDate,
} from "./matter.ts";

/** To an address that nobody has proven yet: one button, and nothing of what the asker typed. */
export function confirmParticipation(matter: Matter): Message {
  const { t, locale, event, participation, strip, now } = matter;
  const until = participation.expiresAt ?? now;
  const { timezone } = participation;
  const date = eventDate(locale, { startTime: until, endTime: until, endWall: null, allDay: false, timezone });
  return write(t("mail.confirmSubject", { name: shortName(matter), date: subjectDate(matter) }), {
    locale,
    t,
    strip,
    heading: t(event.joinMode === "approval" ? "mail.confirmRequestTitle" : "mail.confirmTitle"),
    blocks: [
      paragraph(t("mail.confirmText", { name: longName(matter) })),
      participationButton(matter, t("mail.confirmButton")),
      paragraph(t("mail.confirmLife", { date, zone: zoneWords(locale, until, timezone) })),
      eventFacts(matter, { places: true }),
      ...strangerFoot(matter),
    ],
  });
}
