import { and, eq, isNull } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { buryRemoteComment, keepRemoteComment, reviseRemoteComment } from "#lib/discussion/comment/remote/commands.ts";
import { findNamed } from "#lib/discussion/mention/queries.ts";
import { isAtLeast } from "#lib/policy/domain.ts";
import { isForAll } from "#lib/policy/event.ts";
import type { ActorRow } from "../actors.ts";
import { ownId, sameOrigin } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { passOnComment } from "../outbox/group.ts";
import { standingWithin } from "../peers/judgement.ts";
import { resolveActor } from "../remote/actor.ts";
import { isForEverybody, readComment } from "../remote/comment.ts";
import { taggedIn } from "../remote/named.ts";
import { idOf } from "../remote/values.ts";
import type { Effect, Received } from "./receive.ts";

const { comments, events, notes } = schema;

/**
 * A Note that everybody may read, in reply to an event or to what was said under it: a comment, by the event's rules.
 * `sender` is null for what was read from its own server. `passing`: the activity, for a group of ours to pass on.
 */
export async function onComment(
  db: Db,
  sender: ActorRow | null,
  object: Json,
  passing: Json | null = null,
): Promise<Effect> {
  const read = readComment(object);
  const target = read && isForEverybody(object) ? await repliedTo(db, idOf(object.inReplyTo)) : null;
  if (!read || !target) return null;
  const owner = idOf(object.attributedTo) ?? idOf(object.actor) ?? sender?.uri ?? null;
  if (!owner || !sameOrigin(owner, read.uri)) return null;
  const author = sender?.uri === owner ? sender : await resolveActor(db, owner);
  if (!author || author.host === null || author.deletedAt || author.suspendedAt) return null;
  const { host } = author;
  const mentions = await findNamed(db, taggedIn(object));
  return async (tx) => {
    const silenced = isAtLeast(await standingWithin(tx, host), "silenced");
    const shown = await keepRemoteComment(tx, { ...target, silenced }, { ...read, mentions, actorId: author.id });
    if (shown && passing) await passOnComment(tx, shown, passing);
  };
}

/** Newer words for a comment that we keep, or its end: a Tombstone, or what is no longer for everybody. */
export async function onCommentChange({ db, sender, type, raw, via }: Received, object: Json): Promise<Effect> {
  const uri = idOf(object.id) ?? "";
  const [known] = await db
    .select({ id: comments.id, actorId: comments.actorId })
    .from(comments)
    .where(eq(comments.uri, uri));
  if (!known) return null;
  // What was read from its own server is its author's word, whoever passes it on.
  const owner = idOf(object.attributedTo) ?? idOf(object.actor) ?? sender.uri!;
  const author = owner === sender.uri ? sender : await resolveActor(db, owner);
  if (author?.id !== known.actorId) return null;
  const read = readComment(object);
  if (!read || !isForEverybody(object)) return (tx) => buryRemoteComment(tx, uri);
  const mentions = await findNamed(db, taggedIn(object));
  return async (tx) => {
    const silenced = isAtLeast(await standingWithin(tx, author.host!), "silenced");
    const shown = await reviseRemoteComment(tx, { ...read, mentions, actorId: known.actorId }, { silenced });
    if (shown && type === "Update" && !via) await passOnComment(tx, known.id, raw);
  };
}

/** What a Note replies to: an event that everybody may know of, or something said under one, with the thread it is in. */
async function repliedTo(db: Db, uri: string | null): Promise<{ eventId: string; thread: string | null } | null> {
  if (!uri) return null;
  const own = ownId(uri, "comments");
  const [comment] = await db
    .select({ eventId: comments.eventId, thread: comments.threadId, state: comments.state })
    .from(comments)
    .where(own ? and(eq(comments.id, own), isNull(comments.uri)) : eq(comments.uri, uri));
  if (comment) return comment.state === "published" ? await under(db, comment.eventId, comment.thread) : null;
  const [note] = own ? await db.select().from(notes).where(eq(notes.id, own)) : [];
  if (note) return note.recipientId === null ? await under(db, note.eventId, null) : null;
  const id = ownId(uri, "events");
  const [event] = await db
    .select({ id: events.id })
    .from(events)
    .where(id ? and(eq(events.id, id), isNull(events.uri)) : eq(events.uri, uri));
  return event ? await under(db, event.id, null) : null;
}

async function under(db: Db, eventId: string, thread: string | null) {
  const [event] = await db.select().from(events).where(eq(events.id, eventId));
  return event && isForAll(event) ? { eventId, thread } : null;
}
