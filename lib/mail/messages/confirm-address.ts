import { type AccountMatter, accountLetter } from "./account-matter.ts";
import type { Message } from "./letter.ts";

/** To an address that is to become an account's. */
export function confirmAddress(matter: AccountMatter): Message {
  const { t, host, handle, url, until } = matter;
  return accountLetter(matter, {
    subject: t("accountMail.addressSubject", { host }),
    heading: t("accountMail.addressTitle"),
    text: [t("accountMail.addressText", { host, handle })],
    button: { label: t("accountMail.addressButton"), url },
    after: [t("accountMail.linkLife", { until })],
    notYou: true,
  });
}
