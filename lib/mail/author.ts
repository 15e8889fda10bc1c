import type { Db } from "#db/client.ts";
import type { AuthorMessage } from "#lib/jobs/kinds.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { isInner } from "#lib/policy/event.ts";
import { absolute, actorPath, ownHost } from "#lib/urls.ts";
import type { Written } from "./compose.ts";
import { eventAuthor } from "./messages/event-author.ts";
import { type AccountMailRow, getAuthored } from "./queries.ts";

type Authored = NonNullable<Awaited<ReturnType<typeof getAuthored>>>;

/** Whether it is still so when the mail is about to leave. */
const holds: Record<AuthorMessage, (found: Authored) => boolean> = {
  "event-taken-out": ({ event, group, own }) => own && event.state !== "deleted" && event.organizerId !== group.id,
  "event-refused": ({ event, group, own, refused }) =>
    own && event.state !== "deleted" && event.organizerId === group.id && refused,
  "event-removed": ({ event, group }) => event.state === "deleted" && event.organizerId === group.id,
};

/** Whether a mail is such a one. */
export const isOfAuthor = (message: string): message is AuthorMessage => Object.hasOwn(holds, message);

/** What a group did to an event that they made for it; null when it is so no more, or they are gone. */
export async function authorLetterOf(db: Db, { mail, account, instance }: AccountMailRow): Promise<Written | null> {
  const { message: what, data } = mail;
  const { eventId, groupId } = data;
  if (!isOfAuthor(what) || !eventId || !groupId || account?.state !== "active" || !account.email) return null;
  const found = await getAuthored(db, account.id, { eventId, groupId });
  if (!found || !holds[what](found)) return null;
  const { event, group } = found;
  const locale = asLocale(account.language);
  const called = group.name || group.handle;
  const page = what === "event-removed" ? actorPath(group.handle, group.host) : `/dashboard/events/${event.id}`;
  const matter = {
    locale,
    t: translator(locale),
    host: ownHost(),
    instance: instance.name,
    name: event.name,
    group: group.host ? `${called} (@${group.handle}@${group.host})` : called,
    inner: isInner(event.visibility),
    url: absolute(page),
  };
  const message = eventAuthor(matter, what);
  return { message, to: account.email, sender: instance.name, language: locale, stop: null };
}
