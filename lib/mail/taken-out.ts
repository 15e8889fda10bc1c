import type { Db } from "#db/client.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { isInner } from "#lib/policy/event.ts";
import { absolute, ownHost } from "#lib/urls.ts";
import { eventTakenOut } from "./messages/event-taken-out.ts";
import type { ModerationLetter } from "./moderation.ts";
import { type AccountMailRow, getTakenOut } from "./queries.ts";

/** That a group has their event no more; null when it is deleted, theirs no more, or they are gone. */
export async function takenOutOf(
  db: Db,
  { mail, account, instance }: AccountMailRow,
): Promise<ModerationLetter | null> {
  const { eventId, groupId } = mail.data;
  if (!eventId || !groupId || account?.state !== "active" || !account.email) return null;
  const found = await getTakenOut(db, account.id, { eventId, groupId });
  if (!found) return null;
  const { event, group } = found;
  const locale = asLocale(account.language);
  const message = eventTakenOut({
    locale,
    t: translator(locale),
    host: ownHost(),
    instance: instance.name,
    name: event.name,
    group: `${group.name || group.handle} (@${group.handle}@${group.host})`,
    inner: isInner(event.visibility),
    url: absolute(`/dashboard/events/${event.id}`),
  });
  return { message, to: account.email, language: locale };
}
