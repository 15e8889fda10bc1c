import { type AccountMatter, accountLetter } from "./account-matter.ts";
import type { Message } from "./letter.ts";

/** The host said no. */
export function signUpRejected(matter: AccountMatter): Message {
  const { t, host, home } = matter;
  return accountLetter(matter, {
    subject: t("accountMail.rejectedSubject", { host }),
    heading: t("accountMail.rejectedTitle"),
    text: [t("accountMail.rejectedText", { host }), t("accountMail.rejectedAfter")],
    button: { label: t("mail.otherEvents"), url: home },
  });
}
