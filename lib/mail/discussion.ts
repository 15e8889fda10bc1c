import type { Db } from "#db/client.ts";
import { excerpt } from "#lib/html.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { type DiscussionNews, getDiscussionNews, getNaming } from "#lib/notification/discussion/queries.ts";
import { discussionStopPath } from "#lib/notification/suppression/queries.ts";
import { absolute, messagePath, ownHost } from "#lib/urls.ts";
import { discussionNews } from "./messages/discussion-news.ts";
import type { News } from "./news.ts";
import type { AccountMailRow } from "./queries.ts";

/** What is new in a discussion, in its reader's words; null when they have read it meanwhile, left the group, or wish it no more. */
export async function discussionNewsOf(db: Db, row: AccountMailRow): Promise<News | null> {
  const { account, mail } = row;
  const { discussionId, since, until } = mail.data;
  if (!account || !discussionId || !since || !until) return null;
  const span = { discussionId, since: new Date(since), until: new Date(until) };
  return lettered(row, await getDiscussionNews(db, account.id, span), false);
}

/** That they are named in what somebody wrote before and has changed; null when that is so no more, or other mail tells it. */
export async function namingOf(db: Db, row: AccountMailRow): Promise<News | null> {
  const { account, mail } = row;
  const { messageId } = mail.data;
  if (!account || !messageId) return null;
  return lettered(row, await getNaming(db, account.id, { messageId, at: mail.createdAt }), true);
}

function lettered({ account, instance }: AccountMailRow, found: DiscussionNews | null, named: boolean): News | null {
  if (!found || account?.state !== "active" || !account.email || !account.confirmedAt) return null;
  const discussionId = found.discussion.id;
  const locale = asLocale(account.language);
  const stop = absolute(discussionStopPath(account.id, discussionId));
  const message = discussionNews({
    locale,
    t: translator(locale),
    host: ownHost(),
    instance: instance.name,
    group: found.group.name,
    name: found.discussion.name,
    count: found.count,
    named,
    messages: found.messages.map(({ name, content, mediaType }) => ({ name, text: excerpt(content, mediaType, 500) })),
    url: absolute(messagePath(discussionId, found.messages[0]!.id)),
    settings: absolute("/settings/notifications"),
    stopUrl: stop,
  });
  return { message, to: account.email, language: locale, stop, sender: found.group.name };
}
