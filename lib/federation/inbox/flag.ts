import { eq } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { excerpt } from "#lib/html.ts";
import { type FlagTarget, raiseFlag } from "#lib/moderation/flag/commands.ts";
import { ownId } from "../addresses.ts";
import { knownActor } from "../remote/actor.ts";
import { idsOf, textOf } from "../remote/values.ts";
import type { Effect, Received } from "./receive.ts";

const { comments, events, posts } = schema;

/** How many things one report may name. */
const most = 20;

/**
 * Somebody reports an actor, events, comments or posts, also of other servers as far as we show them: for the host to look at. What
 * is not known here is left out. Mobilizon names the actor first, then what they did; Mastodon posts and actor in any order.
 */
export async function onFlag({ db, sender, id, raw }: Received): Promise<Effect> {
  const named = [...new Set(idsOf(raw.object))].slice(0, most);
  const found = await Promise.all(named.map((uri) => targetOf(db, uri)));
  const known = found.filter((target) => target !== null);
  // Whoever made the thing is in its row: named beside it, they are no case of their own.
  const things = known.filter(({ eventId, postId }) => eventId !== null || postId !== null);
  const targets = things.length > 0 ? things : known;
  if (targets.length === 0) return null;
  const content = excerpt(textOf(raw.content) || textOf(raw.summary), "text/html", 5000);
  return (tx) => raiseFlag(tx, { uri: id, reporterId: sender.id, reporterHost: sender.host, content, targets });
}

/** By primary key, or by `events_uri`, `comments_uri`, `posts_uri` and `actors_uri`. */
async function targetOf(db: Received["db"], uri: string): Promise<FlagTarget | null> {
  const none = { actorId: null, eventId: null, commentId: null, postId: null };
  const eventId = ownId(uri, "events");
  const [event] = await db
    .select({ eventId: events.id, actorId: events.organizerId })
    .from(events)
    .where(eventId ? eq(events.id, eventId) : eq(events.uri, uri));
  if (event) return { ...none, ...event };
  const commentId = ownId(uri, "comments");
  const [comment] = await db
    .select({ commentId: comments.id, actorId: comments.actorId, eventId: comments.eventId })
    .from(comments)
    .where(commentId ? eq(comments.id, commentId) : eq(comments.uri, uri));
  if (comment) return { ...none, ...comment };
  const postId = ownId(uri, "posts");
  const [post] = await db
    .select({ postId: posts.id, actorId: posts.groupId })
    .from(posts)
    .where(postId ? eq(posts.id, postId) : eq(posts.uri, uri));
  if (post) return { ...none, ...post };
  const actor = await knownActor(db, uri);
  return actor && { ...none, actorId: actor.id };
}
