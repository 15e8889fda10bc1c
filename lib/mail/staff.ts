import type { Db } from "#db/client.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { getCadence } from "#lib/notification/choice/queries.ts";
import { addressStopPath, choiceStopPath } from "#lib/notification/suppression/queries.ts";
import type { StaffRole } from "#lib/policy/staff.ts";
import { addressKey, linkToken } from "#lib/secrets.ts";
import { absolute, invitationPath, ownHost } from "#lib/urls.ts";
import type { Written } from "./compose.ts";
import { eventInvitation, type InvitationMatter } from "./messages/event-invitation.ts";
import type { getStaffMail } from "./queries.ts";

type Row = NonNullable<Awaited<ReturnType<typeof getStaffMail>>>;

/** An invitation in the words of whom it is for; null when it was answered, withdrawn, has died, or is not to be mailed. */
export async function invitationOf(db: Db, row: Row): Promise<Written | null> {
  const { staff, event, organizer, account, instance, now } = row;
  const to = staff?.email ?? account?.email;
  if (!staff || !event || !organizer || !to || event.state === "deleted") return null;
  if (staff.expiresAt === null || staff.expiresAt <= now) return null;
  if (account && (await getCadence(db, account.id, "invitations")) === "off") return null;
  const locale = asLocale(account?.language ?? staff.language);
  const day = { weekday: "long", day: "numeric", month: "long" } as const;
  // Whoever has an account here has proven the address; anybody else may not have asked for anything.
  const emailKey = staff.emailKey ?? addressKey(to);
  const stop = absolute(account ? choiceStopPath(account.id, "invitations") : addressStopPath(emailKey));
  const sender = organizer.name || organizer.handle;
  const message = eventInvitation({
    locale,
    t: translator(locale),
    host: ownHost(),
    instance: instance.name,
    url: absolute(invitationPath(linkToken("staff", staff.id, 0))),
    until: dateFormat(locale, event.timezone, day).format(staff.expiresAt),
    role: staff.role as StaffRole,
    event: { ...event, organizer: sender },
    stopUrl: stop,
    proven: account !== null,
    registration: instance.registration as InvitationMatter["registration"],
  });
  return { message, to, sender, emailKey, language: locale, stop };
}
