import type { AccountMessage } from "#lib/jobs/kinds.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { addressStopPath } from "#lib/notification/suppression/queries.ts";
import { maskAddress } from "#lib/participation/address.ts";
import { addressKey, linkToken } from "#lib/secrets.ts";
import {
  absolute,
  addressPath,
  groupInvitationPath,
  ownHost,
  resetPath,
  signInAt,
  signInPath,
  signUpPath,
} from "#lib/urls.ts";
import { accountDeleted } from "./messages/account-deleted.ts";
import type { AccountMatter } from "./messages/account-matter.ts";
import { accountNotice } from "./messages/account-notice.ts";
import { addressChanged } from "./messages/address-changed.ts";
import { addressKnown } from "./messages/address-known.ts";
import { confirmAddress } from "./messages/confirm-address.ts";
import { confirmSignUp } from "./messages/confirm-sign-up.ts";
import type { Message } from "./messages/letter.ts";
import { resetPassword } from "./messages/reset-password.ts";
import { signInLink } from "./messages/sign-in-link.ts";
import { signUpApproved } from "./messages/sign-up-approved.ts";
import { signUpRejected } from "./messages/sign-up-rejected.ts";
import type { AccountMailRow } from "./queries.ts";

type Occasion = { holds: (row: AccountMailRow) => boolean; write: (matter: AccountMatter) => Message };

/** The link that the mail carries can still be used. */
const isLive = ({ token, signUp, now }: AccountMailRow): boolean => {
  const link = token ?? signUp;
  return link != null && link.usedAt === null && link.expiresAt > now;
};

const stands =
  (...states: string[]) =>
  ({ account }: AccountMailRow): boolean =>
    account !== null && states.includes(account.state);

/** Every mail about an account: when it holds, and what it says. */
export const accountOccasions: Record<AccountMessage, Occasion> = {
  "confirm-sign-up": { holds: isLive, write: confirmSignUp },
  "address-known": { holds: stands("awaiting", "active", "suspended"), write: addressKnown },
  "sign-up-approved": { holds: stands("active"), write: signUpApproved },
  "sign-up-rejected": { holds: stands("rejected"), write: signUpRejected },
  "sign-in-link": { holds: isLive, write: signInLink },
  "reset-password": { holds: isLive, write: resetPassword },
  "confirm-address": { holds: isLive, write: confirmAddress },
  "address-changed": { holds: isLive, write: addressChanged },
  "account-notice": { holds: stands("active"), write: accountNotice },
  "account-deleted": { holds: stands("leaving"), write: accountDeleted },
};

/** Where such a mail goes; null when the address is erased. */
export const accountAddress = ({ token, signUp, account }: AccountMailRow): string | null =>
  token?.email ?? signUp?.email ?? account?.email ?? null;

/** Whether its reader may never have asked: the address has not been proven yet. */
const isStranger = ({ token, signUp }: AccountMailRow): boolean => signUp !== null || token?.purpose === "address";

const paths: Record<string, (token: string) => string> = {
  "sign-in": signInPath,
  reset: resetPath,
  address: addressPath,
  "address-undo": addressPath,
};

function linkOf({ token, signUp, account }: AccountMailRow): string {
  if (signUp) return signUpPath(linkToken("account", signUp.id, 0));
  if (token) return paths[token.purpose]!(linkToken("account", token.id, 0));
  return account?.state === "active" ? "/settings/security" : "/";
}

/** The values of a letter, from the rows. */
export function accountMatterOf(
  row: AccountMailRow,
  email: string,
  invitation: { id: string; group: string } | null = null,
): AccountMatter {
  const { account, signUp, token, handle, instance } = row;
  const locale = asLocale(account?.language ?? signUp?.language);
  const until = (token ?? signUp)?.expiresAt;
  const day = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" } as const;
  const timezone = account?.timezone ?? signUp?.timezone ?? "UTC";
  return {
    locale,
    t: translator(locale),
    host: ownHost(),
    instance: instance.name,
    home: absolute("/"),
    signIn: absolute(
      invitation ? signInAt(groupInvitationPath(linkToken("membership", invitation.id, 0))) : "/sign-in",
    ),
    invitedTo: invitation?.group ?? null,
    url: absolute(linkOf(row)),
    until: until ? dateFormat(locale, timezone, { ...day, hourCycle: "h23", timeZoneName: "short" }).format(until) : "",
    handle: `@${handle ?? ""}`,
    address: maskAddress(account?.email ?? ""),
    notice: row.mail.data.notice ?? null,
    stopUrl: isStranger(row) ? absolute(addressStopPath(addressKey(email))) : null,
  };
}
