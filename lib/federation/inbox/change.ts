import { and, eq, isNotNull } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { endBetween } from "#lib/actor/follow/commands.ts";
import { buryRemoteComment } from "#lib/discussion/comment/remote/commands.ts";
import { buryMirror } from "#lib/event/mirror/commands.ts";
import { dropMessage } from "#lib/participation/message/commands.ts";
import { keeperId } from "#lib/policy/event.ts";
import { buryMirroredPost } from "#lib/post/mirror/commands.ts";
import { Refusal } from "#lib/refusal.ts";
import { type ActorRow, localActor } from "../actors.ts";
import { ownHandle, sameOrigin } from "../addresses.ts";
import { fetchObject, type Json } from "../documents.ts";
import { passOnEnd } from "../outbox/group.ts";
import { buryActor, keepActor, readActor } from "../remote/actor.ts";
import { isEvent } from "../remote/event.ts";
import { idOf, listOf } from "../remote/values.ts";
import { onCommentChange } from "./comment.ts";
import { firstToKnow, inGroups, memberHere, readFrom, vouched } from "./create.ts";
import { isDirect, onDirectNote } from "./direct.ts";
import { onDiscussedEnd } from "./discussion.ts";
import { mirror, onEventEnd } from "./event.ts";
import { isMember, onMemberUpdate } from "./membership.ts";
import { onPostedEnd, onPostRead } from "./post.ts";
import type { Effect, Received } from "./receive.ts";
import { onResourceEnd } from "./resource.ts";

const { actors, comments, events, posts } = schema;

/**
 * Newer words for an event, a comment or a post that we keep, for what was written to the organisers of ours, or for the sender
 * itself; or a member's other role.
 */
export async function onUpdate(received: Received): Promise<Effect> {
  const { db, sender, actor, raw, via, past } = received;
  if (idOf(raw.object) === actor) {
    // Passed on, it may be from long ago: how they are now is read where they are.
    const object = via ? await readFrom(db, actor) : await vouched(received, raw.object);
    const own = object && readActor(object)?.uri === actor ? object : null;
    if (!own) return null;
    // Smithereen's events are groups.
    const event = (await isKept(db, actor)) ? await mirror(db, own, { sender }) : null;
    return async (tx) => {
      await keepActor(tx, own);
      await event?.(tx);
    };
  }
  if (isMember(raw.object)) return onMemberUpdate(received);
  const grouped = await firstToKnow(inGroups, received);
  if (grouped !== undefined) return grouped;
  const object = await vouched(received, raw.object);
  if (!object) return null;
  const read = await onPostRead(db, object);
  if (read !== undefined) return read;
  const known = past !== undefined || (await isKept(db, idOf(object.id)));
  if (isEvent(object)) return known ? mirror(db, object, { sender, by: via }) : null;
  const comment = await onCommentChange(received, object);
  return comment ?? (isDirect(object, sender) && !via ? onDirectNote(received, object) : null);
}

/** Whether we keep an event of this id. By `events_uri`. */
async function isKept(db: Received["db"], uri: string | null): Promise<boolean> {
  const [known] = await db
    .select({ id: events.id })
    .from(events)
    .where(eq(events.uri, uri ?? ""));
  return known !== undefined;
}

/**
 * Something, or somebody, is gone. The sender's own is believed; what a group or a moderator of the same server deletes
 * is asked for, and believed when it is gone.
 */
export async function onDelete(received: Received): Promise<Effect> {
  const { db, sender, actor, object, via } = received;
  if (!object) return null;
  if (object === actor)
    return async (tx) => {
      await buryMirror(tx, sender.id, object);
      await buryActor(tx, sender);
    };
  const grouped = await firstToKnow([onDiscussedEnd, onPostedEnd, onResourceEnd, onEventEnd], received, object);
  if (grouped !== undefined) return grouped;
  if (!sameOrigin(object, actor)) return null;
  const end = await endOf(db, object, sender, { passing: via ? null : received.raw });
  return end ?? (via ? null : (tx) => dropMessage(tx, sender.id, object));
}

type Ending = {
  /** Whether its own server was found to say so. */
  gone?: boolean;
  /** The activity that says so, for a group of ours to pass on. */
  passing?: Json | null;
};

/**
 * The end of an event, a comment or a group's post of another server that we keep, by the word of whoever made it, or of its
 * own server. By `events_uri`, `comments_uri`, `posts_uri`.
 */
export async function endOf(
  db: Received["db"],
  uri: string,
  by: ActorRow | null,
  { gone = false, passing = null }: Ending = {},
): Promise<Effect> {
  const [event] = await db.select({ ownerId: keeperId }).from(events).where(eq(events.uri, uri));
  const [comment] = event
    ? []
    : await db.select({ id: comments.id, ownerId: comments.actorId }).from(comments).where(eq(comments.uri, uri));
  const post = event || comment ? null : await mirroredPost(db, uri);
  const known = event ?? comment ?? post;
  if (!known) return null;
  const asker = post && (await memberHere(db, post.group));
  if (known.ownerId !== by?.id && !gone && !(await isGone(db, uri, asker))) return null;
  if (post) return (tx) => buryMirroredPost(tx, known.ownerId, post.id);
  if (!comment) return (tx) => buryMirror(tx, known.ownerId, uri);
  return async (tx) => {
    if ((await buryRemoteComment(tx, uri)) && passing) await passOnEnd(tx, comment.id, passing);
  };
}

/** A post of a group of another server that we keep. By `posts_uri`. */
async function mirroredPost(db: Received["db"], uri: string) {
  const [found] = await db
    .select({ id: posts.id, ownerId: posts.groupId, group: actors })
    .from(posts)
    .innerJoin(actors, eq(actors.id, posts.groupId))
    .where(and(eq(posts.uri, uri), isNotNull(actors.host)));
  return found ?? null;
}

/** Whether its own server says that something is gone. `as`: who of ours asks. */
export async function isGone(db: Db, url: string, as: ActorRow | null): Promise<boolean> {
  try {
    const document = await fetchObject(db, url, as);
    return listOf(document.type).includes("Tombstone");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code === "gone";
  }
}

/** Whoever blocks somebody here and that one follow each other no more; places at what is for followers are given back. */
export async function onBlock({ db, sender, object }: Received): Promise<Effect> {
  const handle = ownHandle(object);
  const blocked = handle ? await localActor(db, handle) : null;
  if (!blocked) return null;
  return (tx) => endBetween(tx, sender.id, blocked.id);
}
