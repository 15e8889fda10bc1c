import type { schema } from "#db/client.ts";
import { escapeHtml } from "#lib/html.ts";
import { eventDate } from "#lib/locale/dates.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { withOffset } from "#lib/time.ts";
import { absolute, eventPath } from "#lib/urls.ts";
import type { ActorRow } from "../actors.ts";
import { actorUri, pollUri } from "../addresses.ts";
import type { Document } from "./event.ts";
import { mentionLink, mentionTag } from "./mention.ts";

type PollRow = typeof schema.polls.$inferSelect;
type EventRow = typeof schema.events.$inferSelect;

/**
 * "Are you coming?" as a poll to one person, who is mentioned so as to be told. Each option is a Note with a count of
 * replies, which snac and GoToSocial look for.
 */
export function describePoll(
  poll: PollRow,
  { event, author, asked, inReplyTo }: { event: EventRow; author: ActorRow; asked: ActorRow; inReplyTo: string | null },
): Document {
  const id = pollUri(poll.id);
  const locale = asLocale(event.language);
  const to = actorUri(asked);
  const question = translator(locale)("federation.pollQuestion", { name: event.name, when: eventDate(locale, event) });
  const page = absolute(eventPath(event.id));
  const content = `<p>${mentionLink(asked.handle, to)} ${escapeHtml(question)}</p><p><a href="${page}">${page}</a></p>`;
  const until = event.startTime > new Date() ? event.startTime : event.endTime;
  return {
    id,
    url: page,
    type: "Question",
    attributedTo: actorUri(author),
    ...(inReplyTo ? { inReplyTo } : {}),
    to: [to],
    cc: [],
    content,
    contentMap: { [event.language]: content },
    tag: [mentionTag(asked, to)],
    attachment: [],
    oneOf: poll.options.map((name) => ({ type: "Note", name, replies: { type: "Collection", totalItems: 0 } })),
    endTime: withOffset(until, event.timezone),
    published: poll.createdAt.toISOString(),
  };
}
