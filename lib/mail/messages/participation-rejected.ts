import { type Message, write } from "./letter.ts";
import { eventFacts, eventFoot, longName, type Matter, paragraph, shortName } from "./matter.ts";

/** The organiser said no. */
export function participationRejected(matter: Matter): Message {
  const { t, locale, strip } = matter;
  return write(t("mail.rejectedSubject", { name: shortName(matter) }), {
    locale,
    t,
    strip,
    heading: t("mail.rejectedTitle"),
    blocks: [
      paragraph(t("mail.rejectedText", { name: longName(matter) })),
      eventFacts(matter),
      paragraph(t("mail.rejectedHint")),
      { kind: "button", label: t("mail.otherEvents"), url: matter.home },
      ...eventFoot(matter),
    ],
  });
}
