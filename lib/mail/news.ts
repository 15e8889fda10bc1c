import type { Db } from "#db/client.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import type { NewsSubject } from "#lib/notification/choice/matrix.ts";
import { getCadence } from "#lib/notification/choice/queries.ts";
import { listNews } from "#lib/notification/news/queries.ts";
import { choiceStopPath } from "#lib/notification/suppression/queries.ts";
import { absolute, ownHost, postPath } from "#lib/urls.ts";
import type { Written } from "./compose.ts";
import { isFollowing, type NewsEvent, organizerNews } from "./messages/organizer-news.ts";
import type { AccountMailRow } from "./queries.ts";

const places = {
  requests: (id: string) => `/dashboard/events/${id}/participants?state=pending`,
  newcomers: (id: string) => `/dashboard/events/${id}/participants?state=accepted`,
  comments: (id: string) => `/events/${id}#comments`,
  followed: (id: string) => `/events/${id}`,
  posts: postPath,
};

/** What is new at somebody's events, in their words; null when all of it was seen to meanwhile, or they wish it no more. */
export async function newsOf(db: Db, { mail, account, instance }: AccountMailRow): Promise<Written | null> {
  const { subject: kind, since, until } = mail.data;
  if (!kind || !since || !until || account?.state !== "active" || !account.email || !account.confirmedAt) return null;
  const subject = kind as NewsSubject;
  if ((await getCadence(db, account.id, subject)) === "off") return null;
  const found = await listNews(db, account.id, { subject, since: new Date(since), until: new Date(until) });
  if (found.length === 0) return null;
  const locale = asLocale(account.language);
  const events = found.map(
    ({ id, timezone, ...one }): NewsEvent => ({
      ...one,
      timezone: timezone ?? account.timezone,
      url: absolute(places[subject](id)),
    }),
  );
  const stop = absolute(choiceStopPath(account.id, subject));
  const message = organizerNews({
    locale,
    t: translator(locale),
    now: mail.createdAt,
    host: ownHost(),
    instance: instance.name,
    subject,
    events,
    desk: absolute(isFollowing(subject) ? "/dashboard/following" : "/dashboard"),
    settings: absolute("/settings/notifications"),
    stopUrl: stop,
  });
  return { message, to: account.email, language: locale, stop, sender: instance.name };
}
