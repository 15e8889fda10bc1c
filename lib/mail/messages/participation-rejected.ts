import { lines, type Message, write } from "./letter.ts";
import { eventFacts, eventFoot, longName, type Matter, paragraph, shortName } from "./matter.ts";

/** The organiser said no, perhaps with a reason. */
export function participationRejected(matter: Matter, reason = ""): Message {
  const words = lines(reason).trim();
  const { t, locale, strip } = matter;
  return write(t("mail.rejectedSubject", { name: shortName(matter) }), {
    locale,
    t,
    strip,
    heading: t("mail.rejectedTitle"),
    blocks: [
      paragraph(t("mail.rejectedText", { name: longName(matter) })),
      ...(words ? [paragraph(matter.t("mail.message")), { kind: "quote" as const, text: words }] : []),
      eventFacts(matter),
      paragraph(t("mail.rejectedHint")),
      { kind: "button", label: t("mail.otherEvents"), url: matter.home },
      ...eventFoot(matter),
    ],
  });
}
