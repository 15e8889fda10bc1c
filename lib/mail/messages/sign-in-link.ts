import { type AccountMatter, accountLetter } from "./account-matter.ts";
import type { Message } from "./letter.ts";

/** A link that signs in, once, for half an hour. */
export function signInLink(matter: AccountMatter): Message {
  const { t, host, url, until } = matter;
  return accountLetter(matter, {
    subject: t("accountMail.signInSubject", { host }),
    heading: t("accountMail.signInTitle"),
    text: [t("accountMail.signInText", { host })],
    button: { label: t("accountMail.signInButton"), url },
    after: [t("accountMail.linkLife", { until })],
    notYou: true,
  });
}
