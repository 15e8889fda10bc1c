import type { EventFigure } from "#db/schema/event.ts";
import { toldChanges } from "#lib/event/figure.ts";
import type { Translate } from "#lib/locale/index.ts";
import { type Change, cut, isolated, type Message, write } from "./letter.ts";
import {
  eventFacts,
  eventFoot,
  figureWhen,
  longName,
  type Matter,
  paragraph,
  participationButton,
  shortName,
  subjectDate,
  whenWords,
} from "./matter.ts";

const statusWords = (t: Translate, { status }: EventFigure): string =>
  t(
    status === "cancelled"
      ? "mail.statusCancelled"
      : status === "tentative"
        ? "mail.statusTentative"
        : "mail.statusConfirmed",
  );

/** Time, place, online address or state moved: before and now side by side, and the new calendar entry. */
export function eventChanged(matter: Matter, before: EventFigure, after: EventFigure): Message {
  const { t, locale, strip, event, participation } = matter;
  const words: Record<string, (figure: EventFigure) => string> = {
    status: (figure) => statusWords(t, figure),
    time: (figure) => whenWords(locale, t, figureWhen(figure)),
    place: ({ place }) => isolated(cut(place, 300)) || t("mail.placeNone"),
    online: ({ onlineUrl }) => onlineUrl ?? t("mail.onlineNone"),
  };
  const labels: Record<string, string> = {
    status: t("mail.status"),
    time: t("mail.when"),
    place: t("mail.where"),
    online: t("mail.online"),
  };
  const changes = toldChanges(before, after, event.kept).map(
    (change): Change => ({ label: labels[change]!, before: words[change]!(before), after: words[change]!(after) }),
  );
  const coming = participation.state === "accepted";
  const blocks = [
    paragraph(t("mail.changedText", { name: longName(matter) })),
    { kind: "changes" as const, changes },
    ...(coming ? [paragraph(t("mail.calendarUpdated"))] : []),
    participationButton(matter),
    paragraph(t("mail.changedAll")),
    eventFacts(matter, { without: changes.map(({ label }) => label) }),
    ...(coming ? [paragraph(t("mail.moreChanges"))] : []),
    ...eventFoot(matter),
  ];
  return write(
    t("mail.changedSubject", { name: shortName(matter), date: subjectDate(matter) }),
    { locale, t, strip, heading: t("mail.changedTitle"), blocks },
    coming ? [matter.calendar("PUBLISH")] : [],
  );
}
