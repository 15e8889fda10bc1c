import { type AccountMatter, accountLetter } from "./account-matter.ts";
import type { Message } from "./letter.ts";

/** The host said yes. */
export function signUpApproved(matter: AccountMatter): Message {
  const { t, host, signIn, handle } = matter;
  return accountLetter(matter, {
    subject: t("accountMail.approvedSubject", { host }),
    heading: t("accountMail.approvedTitle"),
    text: [t("accountMail.approvedText", { host, handle })],
    button: { label: t("accountMail.signInButton"), url: signIn },
  });
}
