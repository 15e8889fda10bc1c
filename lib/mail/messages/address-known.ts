import { type AccountMatter, accountLetter } from "./account-matter.ts";
import type { Message } from "./letter.ts";

/** To the owner of an address with which somebody asked for an account that exists. */
export function addressKnown(matter: AccountMatter): Message {
  const { t, host, signIn } = matter;
  return accountLetter(matter, {
    subject: t("accountMail.knownSubject", { host }),
    heading: t("accountMail.knownTitle"),
    text: [t("accountMail.knownText", { host })],
    button: { label: t("accountMail.signInButton"), url: signIn },
    after: [t("accountMail.knownAfter")],
    notYou: true,
  });
}
