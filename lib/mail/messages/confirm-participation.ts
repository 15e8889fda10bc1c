import { eventDate, zoneWords } from "#lib/locale/dates.ts";
import { type Block, type Message, write } from "./letter.ts";
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
  const { t, locale, event, strip } = matter;
  return write(t("mail.confirmSubject", { name: shortName(matter), date: subjectDate(matter) }), {
    locale,
    t,
    strip,
    heading: t(event.joinMode === "approval" ? "mail.confirmRequestTitle" : "mail.confirmTitle"),
    blocks: [
      paragraph(t("mail.confirmText", { name: longName(matter) })),
      participationButton(matter, t("mail.confirmButton")),
      ...life(matter),
      eventFacts(matter, { places: true }),
      ...strangerFoot(matter),
    ],
  });
}

/** Until when the button works: for ever where somebody comes back who had left. */
function life({ t, locale, participation: { expiresAt, timezone } }: Matter): Block[] {
  if (!expiresAt) return [];
  const date = eventDate(locale, { startTime: expiresAt, endTime: expiresAt, endWall: null, allDay: false, timezone });
  return [paragraph(t("mail.confirmLife", { date, zone: zoneWords(locale, expiresAt, timezone) }))];
}
