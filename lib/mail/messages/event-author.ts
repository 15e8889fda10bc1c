import type { AuthorMessage } from "#lib/jobs/kinds.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { accountLetter } from "./account-matter.ts";
import { cut, isolated, type Message } from "./letter.ts";

/** Whose event became what, by which group: plain values. */
type AuthorMatter = {
  locale: Locale;
  t: Translate;
  host: string;
  instance: string;
  name: string;
  /** With its address, where it is elsewhere. */
  group: string;
  /** It was for some of the group alone, and is for nobody now. */
  inner: boolean;
  /** The event on its author's desk; of one that is deleted, the group's page. */
  url: string;
};

const keys = { "event-taken-out": "takenOut", "event-refused": "refused", "event-removed": "removed" } as const;

/** Whoever made an event for a group hears what the group, or somebody of it, did to that, and what follows. */
export function eventAuthor({ name, group, inner, url, ...matter }: AuthorMatter, what: AuthorMessage): Message {
  const { t } = matter;
  const key = keys[what];
  const follows = key === "takenOut" && inner ? "takenOutInner" : (`${key}After` as const);
  return accountLetter(
    { ...matter, stopUrl: null },
    {
      subject: t(`notice.${key}Subject`, { name: isolated(cut(name, 60)) }),
      heading: t(`notice.${key}Title`),
      text: [
        t(`notice.${key}Text`, { group: isolated(cut(group, 140)), name: isolated(cut(name, 120)) }),
        t(`notice.${follows}`),
      ],
      button: { label: t(key === "removed" ? "groupMail.answerButton" : "notice.takenOutButton"), url },
    },
  );
}
