import { type AccountMatter, accountLetter } from "./account-matter.ts";
import type { Message } from "./letter.ts";

/** The last mail. */
export function accountDeleted(matter: AccountMatter): Message {
  const { t, host, home } = matter;
  return accountLetter(matter, {
    subject: t("accountMail.deletedSubject", { host }),
    heading: t("accountMail.deletedTitle"),
    text: [t("accountMail.deletedText", { host }), t("accountMail.deletedAfter")],
    button: { label: t("mail.otherEvents"), url: home },
  });
}
