import { database } from "#app/_web/database.ts";
import { getActorPage } from "#lib/actor/queries.ts";
import { getComment } from "#lib/discussion/comment/queries.ts";
import { getEvent } from "#lib/event/queries.ts";
import type { Intent } from "#lib/federation/remote/intents.ts";
import { excerpt } from "#lib/html.ts";
import { canSeeComment } from "#lib/policy/comment.ts";
import { isForAll } from "#lib/policy/post.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { getPost } from "#lib/post/queries.ts";
import { absolute, actorPath, commentPath, eventPath, postPath } from "#lib/urls.ts";

/** Something of ours, or known here, that others can act on from their own servers. `uri` is its id in the network. */
type Thing = {
  path: string;
  name: string;
  uri: string;
  intent: Intent;
  /** Whose it is, which event, and which comment under it; or which post. */
  actorId: string;
  eventId: string | null;
  commentId: string | null;
  postId: string | null;
};

const nothing = { eventId: null, commentId: null, postId: null };

/** What a path of ours shows to everybody; null for what is not there. One query. */
export async function thingAt(path: unknown): Promise<Thing | null> {
  if (typeof path !== "string" || path.length > 400) return null;
  const [, id] = /^\/events\/([0-9a-f-]{36})$/.exec(path) ?? [];
  if (id) {
    const full = await getEvent(database(), visitor, id);
    if (full?.event.state !== "published") return null;
    const { name, uri, endTime } = full.event;
    const intent = endTime > new Date() ? "Join" : "Object";
    const made = { ...nothing, actorId: (full.author ?? full.organizer).id, eventId: id };
    return { path: eventPath(id), name, uri: uri ?? absolute(eventPath(id)), intent, ...made };
  }
  const [, said] = /^\/comments\/([0-9a-f-]{36})$/.exec(path) ?? [];
  if (said) return commentAt(said);
  const [, posted] = /^\/posts\/([0-9a-f-]{36})$/.exec(path) ?? [];
  if (posted) return postAt(posted);
  const [, handle, anchor] = /^\/@([^/#]{1,320})(#join)?$/.exec(path) ?? [];
  const actor = handle ? await getActorPage(database(), handle.toLowerCase()) : null;
  if (!actor || actor.gone) return null;
  const own = actorPath(actor.handle, actor.host);
  const who = { ...nothing, actorId: actor.id, name: actor.name || actor.handle, uri: actor.uri ?? absolute(own) };
  // A group with members is followed, or joined at its place for that.
  const joins = anchor && actor.openness && actor.openness !== "invite_only";
  return joins ? { path: `${own}${anchor}`, intent: "Join", ...who } : { path: own, intent: "Follow", ...who };
}

async function commentAt(id: string): Promise<Thing | null> {
  const found = await getComment(database(), visitor, id);
  if (!found || !canSeeComment(visitor, found.role, found.comment, found.author)) return null;
  const { comment, author, event } = found;
  const path = commentPath(id);
  const name = excerpt(comment.content, comment.mediaType, 80) || author.name;
  const made = { ...nothing, actorId: author.id, eventId: event.id, commentId: id };
  return { path, name, uri: comment.uri ?? absolute(path), intent: "Object", ...made };
}

async function postAt(id: string): Promise<Thing | null> {
  const full = await getPost(database(), visitor, id);
  if (!full || !isForAll(full.post)) return null;
  const { post, group } = full;
  const path = postPath(id);
  const made = { ...nothing, actorId: group.id, postId: id };
  return { path, name: post.name, uri: post.uri ?? absolute(path), intent: "Object", ...made };
}
