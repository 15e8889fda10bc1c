import { and, eq } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { excerpt } from "#lib/html.ts";
import { type FlagTarget, raiseFlag } from "#lib/moderation/flag/commands.ts";
import { keeperId } from "#lib/policy/event.ts";
import { groupsReadBy } from "#lib/policy/group.ts";
import { ownId } from "../addresses.ts";
import { knownActor } from "../remote/actor.ts";
import { idsOf, textOf } from "../remote/values.ts";
import type { Effect, Received } from "./receive.ts";

const { actors, comments, discussionMessages: messages, discussions, events, posts } = schema;

/** How many things one report may name. */
const most = 20;

/**
 * Somebody reports an actor, events, comments, messages or posts, also of other servers as far as we show them: for the host to look at.
 * What is not known here is left out, and what was said among the members of a group if nobody of that server is one. Mobilizon names the actor first, then what they did; Mastodon posts and actor in any order.
 */
export async function onFlag({ db, sender, id, raw }: Received): Promise<Effect> {
  const named = [...new Set(idsOf(raw.object))].slice(0, most);
  const found = await Promise.all(named.map((uri) => targetOf(db, uri, sender.host!)));
  const known = found.filter((target) => target !== null);
  // Whoever made the thing is in its row: named beside it, they are no case of their own.
  const things = known.filter((one) => one.eventId !== null || one.postId !== null || one.messageId !== null);
  const targets = things.length > 0 ? things : known;
  if (targets.length === 0) return null;
  const content = excerpt(textOf(raw.content) || textOf(raw.summary), "text/html", 5000);
  return (tx) => raiseFlag(tx, { uri: id, reporterId: sender.id, reporterHost: sender.host, content, targets });
}

/** By primary key, or by `events_uri`, `comments_uri`, `discussion_messages_uri`, `posts_uri` and `actors_uri`. */
async function targetOf(db: Received["db"], uri: string, host: string): Promise<FlagTarget | null> {
  const none = { actorId: null, eventId: null, commentId: null, postId: null, messageId: null };
  const eventId = ownId(uri, "events");
  const [event] = await db
    .select({ eventId: events.id, actorId: keeperId })
    .from(events)
    .where(eventId ? eq(events.id, eventId) : eq(events.uri, uri));
  if (event) return { ...none, ...event };
  const commentId = ownId(uri, "comments");
  const [comment] = await db
    .select({ commentId: comments.id, actorId: comments.actorId, eventId: comments.eventId })
    .from(comments)
    .where(commentId ? eq(comments.id, commentId) : eq(comments.uri, uri));
  if (comment) return { ...none, ...comment };
  const [message] = await db
    .select({ messageId: messages.id, actorId: messages.actorId })
    .from(messages)
    .innerJoin(discussions, eq(discussions.id, messages.discussionId))
    .innerJoin(actors, eq(actors.id, discussions.groupId))
    .where(and(commentId ? eq(messages.id, commentId) : eq(messages.uri, uri), groupsReadBy({ kind: "server", host })));
  if (message) return { ...none, ...message };
  const postId = ownId(uri, "posts");
  const [post] = await db
    .select({ postId: posts.id, actorId: posts.groupId })
    .from(posts)
    .where(postId ? eq(posts.id, postId) : eq(posts.uri, uri));
  if (post) return { ...none, ...post };
  const actor = await knownActor(db, uri);
  return actor && { ...none, actorId: actor.id };
}
