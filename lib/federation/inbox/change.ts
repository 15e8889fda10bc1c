import { and, eq, or } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { buryRemoteComment } from "#lib/discussion/comment/remote/commands.ts";
import { buryMirror } from "#lib/event/mirror/commands.ts";
import { dropMessage } from "#lib/participation/message/commands.ts";
import { type ActorRow, localActor } from "../actors.ts";
import { ownHandle, sameOrigin } from "../addresses.ts";
import { fetchObject } from "../documents.ts";
import { buryActor, keepActor, readActor } from "../remote/actor.ts";
import { isEvent } from "../remote/event.ts";
import { idOf, listOf } from "../remote/values.ts";
import { onCommentChange } from "./comment.ts";
import { mirror, vouched } from "./create.ts";
import { isDirect, onDirectNote } from "./direct.ts";
import { isMember, onMemberUpdate } from "./membership.ts";
import type { Effect, Received } from "./receive.ts";

const { comments, events, follows } = schema;

/**
 * Newer words for an event or a comment that we keep, for what was written to the organisers of ours, or for the sender
 * itself; or a member's other role.
 */
export async function onUpdate(received: Received): Promise<Effect> {
  const { db, sender, actor, raw } = received;
  if (idOf(raw.object) === actor) {
    const object = await vouched(received, raw.object);
    const own = object && readActor(object)?.uri === actor ? object : null;
    if (!own) return null;
    // Smithereen's events are groups.
    const event = (await isKept(db, actor)) ? await mirror(db, own, sender) : null;
    return async (tx) => {
      await keepActor(tx, own);
      await event?.(tx);
    };
  }
  if (isMember(raw.object)) return onMemberUpdate(received);
  const object = await vouched(received, raw.object);
  if (!object) return null;
  if (isEvent(object)) return (await isKept(db, idOf(object.id))) ? mirror(db, object, sender) : null;
  const comment = await onCommentChange(received, object);
  return comment ?? (isDirect(object, sender) ? onDirectNote(received, object) : null);
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
export async function onDelete({ db, sender, actor, object }: Received): Promise<Effect> {
  if (!object) return null;
  if (object === actor)
    return async (tx) => {
      await buryMirror(tx, sender.id, object);
      await buryActor(tx, sender);
    };
  if (!sameOrigin(object, actor)) return null;
  const [event] = await db.select().from(events).where(eq(events.uri, object));
  if (!event) return (await onCommentDelete(db, sender, object)) ?? ((tx) => dropMessage(tx, sender.id, object));
  if (event.organizerId !== sender.id && !(await isGone(db, object))) return null;
  return (tx) => buryMirror(tx, event.organizerId, object);
}

/** The same for a comment. */
async function onCommentDelete(db: Received["db"], sender: ActorRow, uri: string): Promise<Effect> {
  const [comment] = await db.select({ actorId: comments.actorId }).from(comments).where(eq(comments.uri, uri));
  if (!comment) return null;
  if (comment.actorId !== sender.id && !(await isGone(db, uri))) return null;
  return (tx) => buryRemoteComment(tx, uri);
}

async function isGone(db: Received["db"], url: string): Promise<boolean> {
  try {
    const document = await fetchObject(db, url);
    return listOf(document.type).includes("Tombstone");
  } catch (error) {
    return (error as { code?: string }).code === "gone";
  }
}

/** Whoever blocks somebody here and that one follow each other no more. */
export async function onBlock({ db, sender, object }: Received): Promise<Effect> {
  const handle = ownHandle(object);
  const blocked = handle ? await localActor(db, handle) : null;
  if (!blocked) return null;
  return (tx) =>
    tx
      .delete(follows)
      .where(
        or(
          and(eq(follows.followerId, sender.id), eq(follows.followedId, blocked.id)),
          and(eq(follows.followerId, blocked.id), eq(follows.followedId, sender.id)),
        ),
      );
}
