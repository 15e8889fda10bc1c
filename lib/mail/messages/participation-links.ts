import { shortDate } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { stateWords } from "#lib/locale/states.ts";
import { type Block, cut, isolated, type Message, write } from "./letter.ts";
import { paragraph, strangerFoot } from "./matter.ts";

type LinkedParticipation = {
  name: string;
  startTime: Date;
  timezone: string;
  allDay: boolean;
  state: string;
  url: string;
};

type Links = {
  locale: Locale;
  t: Translate;
  now: Date;
  host: string;
  instance: string;
  stopUrl: string;
  stopLabel: string;
  participations: LinkedParticipation[];
};

/** All links of one address, asked for with it. */
export function participationLinks(links: Links): Message {
  const { t, locale, now, host, participations } = links;
  const entries = participations.map((one): Block => {
    const state = t(stateWords[one.state as keyof typeof stateWords]);
    const text = t("mail.linksEntry", { date: shortDate(locale, one, now), state });
    return { kind: "entry", title: isolated(cut(one.name, 120)), text, label: t("mail.linksLabel"), url: one.url };
  });
  return write(t("mail.linksSubject", { host }), {
    locale,
    t,
    strip: null,
    heading: t("mail.linksTitle"),
    blocks: [
      paragraph(t("mail.linksText", { count: participations.length })),
      ...entries,
      { kind: "note", text: t("mail.linksKeep") },
      ...strangerFoot(links),
    ],
  });
}
