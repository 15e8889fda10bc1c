import type { Locale, Translate } from "#lib/locale/index.ts";
import { accountLetter } from "./account-matter.ts";
import { cut, isolated, type Message } from "./letter.ts";

/** What a moderator's mail is about, or a mail to whoever was decided about. */
export type ModerationMatter = {
  locale: Locale;
  t: Translate;
  host: string;
  instance: string;
  /** What was reported: of which kind, and its name; of a message among members, its group's. */
  kind: "event" | "comment" | "post" | "message" | "actor";
  name: string;
  /** What the reporter wrote. */
  content: string;
  /** How many other reports wait. */
  others: number;
  /** The report's page; for whoever was decided about, the page that says who runs this server. */
  url: string;
};

const short = ({ name }: ModerationMatter) => isolated(cut(name, 40));
const long = ({ name }: ModerationMatter) => isolated(cut(name, 120));

/** Those who moderate are told of a report: of what, in whose words, and how many more wait. */
export function report(matter: ModerationMatter): Message {
  const { t, kind, content, others, url } = matter;
  return accountLetter(
    { ...matter, stopUrl: null },
    {
      subject: t("moderationMail.reportSubject", { thing: short(matter) }),
      heading: t("moderationMail.reportTitle"),
      text: [t(`moderationMail.reportText_${kind}`, { name: long(matter) })],
      quote: cut(content, 1000),
      button: { label: t("moderationMail.reportButton"), url },
      after: others > 0 ? [t("moderationMail.reportOthers", { count: others })] : [],
    },
  );
}

export type Decided = "hide" | "show" | "erase" | "suspend" | "restore";

/** Whoever made something, or is somebody, hears what those who run the server decided, and to whom they can say more. */
export function moderationNotice(matter: ModerationMatter, decision: Decided): Message {
  const { t, host, kind, url } = matter;
  const about = kind === "actor" || kind === "message" ? "event" : kind;
  const key = decision === "hide" || decision === "show" ? (`${decision}_${about}` as const) : decision;
  return accountLetter(
    { ...matter, stopUrl: null },
    {
      subject: t("moderationMail.aboutSubject", { name: short(matter) }),
      heading: t(`moderationMail.aboutTitle_${decision}`),
      text: [t(`moderationMail.aboutText_${key}`, { name: long(matter), host })],
      button: { label: t("moderationMail.aboutButton", { host }), url },
      after:
        decision === "hide" || decision === "erase" || decision === "suspend" ? [t("moderationMail.aboutAfter")] : [],
    },
  );
}
