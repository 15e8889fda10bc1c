import { type AccountMatter, accountLetter } from "./account-matter.ts";
import type { Message } from "./letter.ts";

/** To the address that an account had: whoever reads it there can have it back. */
export function addressChanged(matter: AccountMatter): Message {
  const { t, host, handle, address, url, until } = matter;
  return accountLetter(matter, {
    subject: t("accountMail.noticeSubject", { what: t("accountMail.whatAddress") }),
    heading: t("accountMail.changedAddressTitle"),
    text: [t("accountMail.changedAddressText", { host, handle, address }), t("accountMail.changedAddressUndo")],
    button: { label: t("accountMail.undoButton"), url },
    after: [t("accountMail.linkLife", { until })],
  });
}
