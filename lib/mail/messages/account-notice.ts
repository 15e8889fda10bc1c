import { type AccountMatter, accountLetter } from "./account-matter.ts";
import type { Message } from "./letter.ts";

const what = {
  password: ["accountMail.whatPassword", "accountMail.noticePassword"],
  address: ["accountMail.whatAddress", "accountMail.noticeAddress"],
  "address-restored": ["accountMail.whatAddress", "accountMail.noticeRestored"],
  identity: ["accountMail.whatIdentity", "accountMail.noticeIdentity"],
} as const;

/** Something that guards the account changed: whoever did not do it must hear of it. */
export function accountNotice(matter: AccountMatter): Message {
  const { t, host, handle, notice } = matter;
  const [word, sentence] = what[notice ?? "password"];
  return accountLetter(matter, {
    subject: t("accountMail.noticeSubject", { what: t(word) }),
    heading: t("accountMail.noticeTitle"),
    text: [t(sentence, { host, handle })],
    button: { label: t("accountMail.noticeButton"), url: matter.url },
    after: [t("accountMail.noticeAfter")],
  });
}
