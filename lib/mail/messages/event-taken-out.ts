import type { Locale, Translate } from "#lib/locale/index.ts";
import { accountLetter } from "./account-matter.ts";
import { cut, isolated, type Message } from "./letter.ts";

/** Which event which group has no more: plain values. */
export type TakenOutMatter = {
  locale: Locale;
  t: Translate;
  host: string;
  instance: string;
  name: string;
  /** With its address. */
  group: string;
  /** It was for some of the group alone, and is for nobody now. */
  inner: boolean;
  /** The event on its author's desk. */
  url: string;
};

/** Whoever makes an event for a group of another server hears that the group has it no more, and what that means. */
export function eventTakenOut({ name, group, inner, url, ...matter }: TakenOutMatter): Message {
  const { t } = matter;
  return accountLetter(
    { ...matter, stopUrl: null },
    {
      subject: t("notice.takenOutSubject", { name: isolated(cut(name, 60)) }),
      heading: t("notice.takenOutTitle"),
      text: [
        t("notice.takenOutText", { group: isolated(cut(group, 140)), name: isolated(cut(name, 120)) }),
        t(inner ? "notice.takenOutInner" : "notice.takenOutOpen"),
      ],
      button: { label: t("notice.takenOutButton"), url },
    },
  );
}
