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

const sentences = {
  accepted: "mail.alreadyAccepted",
  pending: "mail.alreadyPending",
  waitlisted: "mail.alreadyWaitlisted",
} as const;

/** To somebody who asked again for what they have: how things stand, and the link. */
export function alreadyParticipating(matter: Matter): Message {
  const { t, locale, participation, strip } = matter;
  const sentence = sentences[participation.state as keyof typeof sentences] ?? "mail.alreadyOther";
  return write(t("mail.alreadySubject", { name: shortName(matter), date: subjectDate(matter) }), {
    locale,
    t,
    strip,
    heading: t("mail.alreadyTitle"),
    blocks: [
      paragraph(t(sentence, { name: longName(matter) })),
      participationButton(matter),
      eventFacts(matter, { places: true }),
      ...strangerFoot(matter),
    ],
  });
}
