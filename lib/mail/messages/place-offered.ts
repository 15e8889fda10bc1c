import { eventDate, shortDate, zoneWords } from "#lib/locale/dates.ts";
import { type Message, write } from "./letter.ts";
import { eventFacts, eventFoot, longName, type Matter, paragraph, participationButton, shortName } from "./matter.ts";

/** A seat fell free for who waited: how long it is held, and one way to keep it or give it back. */
export function placeOffered(matter: Matter): Message {
  const { t, locale, strip, participation, now } = matter;
  const { timezone, guests } = participation;
  const until = participation.expiresAt ?? now;
  const when = { startTime: until, endTime: until, endWall: null, allDay: false, timezone };
  const told = { name: longName(matter), date: eventDate(locale, when), zone: zoneWords(locale, until, timezone) };
  return write(t("mail.offeredSubject", { name: shortName(matter), date: shortDate(locale, when, now) }), {
    locale,
    t,
    strip,
    heading: t("mail.offeredTitle"),
    blocks: [
      paragraph(guests > 0 ? t("mail.offeredPlaces", { ...told, places: 1 + guests }) : t("mail.offeredText", told)),
      participationButton(matter, t("mail.offeredButton")),
      paragraph(t("mail.offeredHint")),
      eventFacts(matter, { places: true }),
      ...eventFoot(matter),
    ],
  });
}
