import { type AccountMatter, accountLetter } from "./account-matter.ts";
import type { Message } from "./letter.ts";

/** To an address that asks for an account: one button, and of what was typed only the handle. */
export function confirmSignUp(matter: AccountMatter): Message {
  const { t, host, handle, url, until } = matter;
  return accountLetter(matter, {
    subject: t("accountMail.signUpSubject", { host }),
    heading: t("accountMail.signUpTitle"),
    text: [t("accountMail.signUpText", { host, handle })],
    button: { label: t("accountMail.signUpButton"), url },
    after: [t("accountMail.signUpLife", { until })],
    notYou: true,
  });
}
