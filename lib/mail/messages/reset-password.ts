import { type AccountMatter, accountLetter } from "./account-matter.ts";
import type { Message } from "./letter.ts";

/** A link to choose a new password, once, for an hour. */
export function resetPassword(matter: AccountMatter): Message {
  const { t, host, url, until } = matter;
  return accountLetter(matter, {
    subject: t("accountMail.resetSubject", { host }),
    heading: t("accountMail.resetTitle"),
    text: [t("accountMail.resetText", { host })],
    button: { label: t("accountMail.resetButton"), url },
    after: [t("accountMail.linkLife", { until })],
    notYou: true,
  });
}
