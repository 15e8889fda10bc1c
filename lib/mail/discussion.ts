import type { Db } from "#db/client.ts";
import { listActorsOf } from "#lib/actor/queries.ts";
import { getComment } from "#lib/discussion/comment/queries.ts";
import { excerpt } from "#lib/html.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { getMatrix } from "#lib/notification/choice/queries.ts";
import { type DiscussionNews, getDiscussionNews, getNaming } from "#lib/notification/discussion/queries.ts";
import { choiceStopPath, discussionStopPath } from "#lib/notification/suppression/queries.ts";
import { may } from "#lib/policy/staff.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { absolute, commentPath, messagePath, ownHost } from "#lib/urls.ts";
import type { Written } from "./compose.ts";
import { commentNamed } from "./messages/comment-named.ts";
import { discussionNews } from "./messages/discussion-news.ts";
import type { AccountMailRow } from "./queries.ts";

/** What is new in a discussion, in its reader's words; null when they have read it meanwhile, left the group, or wish it no more. */
export async function discussionNewsOf(db: Db, row: AccountMailRow): Promise<Written | null> {
  const { account, mail } = row;
  const { discussionId, since, until } = mail.data;
  if (!account || !discussionId || !since || !until) return null;
  const span = { discussionId, since: new Date(since), until: new Date(until) };
  return lettered(row, await getDiscussionNews(db, account.id, span), false);
}

/** That they are named in what somebody wrote before and has changed; null when that is so no more, or other mail tells it. */
export async function namingOf(db: Db, row: AccountMailRow): Promise<Written | null> {
  const { account, mail } = row;
  const { messageId } = mail.data;
  if (!account || !messageId) return null;
  return lettered(row, await getNaming(db, account.id, { messageId, at: mail.createdAt }), true);
}

/**
 * That they are named in a comment under an event; null when that is so no more, when it is not theirs to see, they wish no such
 * mail, wrote it themselves, or run the event and hear of each comment at once.
 */
export async function commentNamingOf(db: Db, { account, mail, instance }: AccountMailRow): Promise<Written | null> {
  const { commentId } = mail.data;
  if (!commentId || account?.state !== "active" || !account.email || !account.confirmedAt) return null;
  const { comments, mentions } = await getMatrix(db, account.id);
  if (mentions === "off") return null;
  const profiles = await listActorsOf(db, account.id);
  const actorIds = profiles.filter(({ suspendedAt }) => suspendedAt === null).map(({ id }) => id);
  const viewer: AccountViewer = { kind: "account", accountId: account.id, role: "member", actorIds };
  const found = await getComment(db, viewer, commentId);
  if (!found || !isNamed(viewer, found) || (comments === "at-once" && may(found.role, "moderate"))) return null;
  const { comment, author, event } = found;
  const locale = asLocale(account.language);
  const stop = absolute(choiceStopPath(account.id, "mentions"));
  const message = commentNamed({
    locale,
    t: translator(locale),
    host: ownHost(),
    instance: instance.name,
    name: event.name,
    who: author.name,
    text: excerpt(comment.content, comment.mediaType, 500),
    url: absolute(commentPath(comment.id)),
    settings: absolute("/settings/notifications"),
    stopUrl: stop,
  });
  return { message, to: account.email, language: locale, stop, sender: instance.name };
}

type Said = NonNullable<Awaited<ReturnType<typeof getComment>>>;

/** Whether somebody else names the viewer in what everybody who sees the event reads there. */
const isNamed = ({ actorIds }: AccountViewer, { comment, author, event }: Said): boolean =>
  comment.state === "published" &&
  author.suspendedAt === null &&
  event.state === "published" &&
  !actorIds.includes(author.id) &&
  comment.mentions.some(({ actorId }) => actorIds.includes(actorId));

function lettered({ account, instance }: AccountMailRow, found: DiscussionNews | null, named: boolean): Written | null {
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
