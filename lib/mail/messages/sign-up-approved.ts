import { type AccountMatter, accountLetter } from "./account-matter.ts";
import { cut, isolated, type Message } from "./letter.ts";

/** The host said yes; who was invited into a group is led there. */
export function signUpApproved(matter: AccountMatter): Message {
  const { t, host, signIn, handle, invitedTo } = matter;
  const invitation = invitedTo && t("accountMail.approvedInvitation", { group: isolated(cut(invitedTo, 100)) });
  return accountLetter(matter, {
    subject: t("accountMail.approvedSubject", { host }),
    heading: t("accountMail.approvedTitle"),
    text: [t("accountMail.approvedText", { host, handle }), ...(invitation ? [invitation] : [])],
    button: { label: t("accountMail.signInButton"), url: signIn },
  });
}
