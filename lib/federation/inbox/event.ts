import { and, eq, isNotNull } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { buryMirror } from "#lib/event/mirror/commands.ts";
import { confirmEvent, doubtEvent, takeHome, takeOutAway, takeOutEvent } from "#lib/event/remote/commands.ts";
import { isInner, keeperOf } from "#lib/policy/event.ts";
import type { ActorRow } from "../actors.ts";
import { eventUri, ownId, sameOrigin } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { forget } from "../outbox/discussion.ts";
import { passOn } from "../outbox/group.ts";
import { endDelivery, receiversOf } from "../outbox/say.ts";
import { resolveActor } from "../remote/actor.ts";
import { readEvent } from "../remote/event.ts";
import { isObject } from "../remote/values.ts";
import { asAsked, asMember } from "./asked.ts";
import { hearersOf, inGroup, isHere, keepWords } from "./belonging.ts";
import { isGone } from "./change.ts";
import { ownGroup } from "./group.ts";
import type { Effect, Received } from "./receive.ts";
import { inTurn } from "./turn.ts";

const { activities, events } = schema;

/** Whether we keep an event that is for followers or members alone: its server need not know us as one of them. By `events_uri`. */
export async function isForSome(db: Db, uri: string): Promise<boolean> {
  const [known] = await db.select({ visibility: events.visibility }).from(events).where(eq(events.uri, uri));
  return known !== undefined && isInner(known.visibility);
}

/**
 * A member of a group of ours makes an event in its name, on their own server, or has other words for it: by the rules of the
 * group, and then passed on as it came. What names the group no more leaves it. Undefined: it is nothing of that kind.
 */
export async function onEvent(received: Received): Promise<Effect | undefined> {
  const { db, sender, actor, raw, via } = received;
  const event = isObject(raw.object) ? readEvent(raw.object) : null;
  if (!event || !sameOrigin(event.uri, actor)) return undefined;
  const named = await ownAmong(db, event.groups);
  if (!named && (await inGroup(db, event.uri))?.group.host !== null) return undefined;
  // What others pass on to us was not said to the group.
  if (via || event.attributedTo !== actor) return null;
  return (tx) => keepWords(tx, { event, author: sender, named, received });
}

async function ownAmong(db: Received["db"], uris: string[]): Promise<ActorRow | null> {
  for (const uri of uris) {
    const group = await ownGroup(db, uri);
    if (group) return group;
  }
  return null;
}

type Vouching = {
  /** Whose own word it is; null: it was read from where it is. */
  sender?: ActorRow | null;
  /** Who passes it on: in the name of a group of a third server is what that group says is. */
  by?: ActorRow;
};

/** Keeps an Event of another server under whoever it is attributed to, who must be of the same origin, or under their group. */
export async function mirror(db: Db, object: Json, { sender = null, by }: Vouching = {}): Promise<Effect> {
  const event = readEvent(object);
  const owner = event && (event.attributed ? event.attributedTo : (sender?.uri ?? null));
  if (!event || !owner || !sameOrigin(owner, event.uri)) return null;
  const author = sender?.uri === owner ? sender : await resolveActor(db, owner);
  if (!author || author.host === null || author.deletedAt || author.suspendedAt) return null;
  return (tx) => keepWords(tx, { event, author, by });
}

/**
 * An event in the name of a group of ours is gone, by the word of whoever made it, or of its own server; whoever decides in the
 * group about what others write takes it out of the group by that. Undefined: it is none of those.
 */
export async function onEventEnd(received: Received, uri: string): Promise<Effect | undefined> {
  const { db, sender, actor, raw, via } = received;
  const known = await inGroup(db, uri);
  if (!known || known.group.host !== null || via) return undefined;
  const { event, group } = known;
  if (!sameOrigin(uri, actor))
    return asAsked(received, group, (tx) => takeOutEvent(tx, asMember(sender), { id: event.id, groupId: group.id }));
  if (event.state === "deleted" || (event.authorId !== sender.id && !(await isGone(db, uri, null)))) return null;
  return async (tx) => {
    await inTurn(tx, uri);
    const last = await inGroup(tx, uri);
    await buryMirror(tx, keeperOf(event), uri);
    const heard = await receiversOf(tx, event.id);
    await forget(tx, event.id);
    if (!last || !isHere(last.group)) return;
    const hearers = await hearersOf(tx, last.group, last.event.visibility, sender);
    const inboxes = [...new Set([...hearers.inboxes, ...heard])];
    await passOn(tx, last.group, raw, { ...hearers, inboxes, objectId: event.id });
  };
}

/** An event of ours by its id, in the name of the group that speaks of it. By primary key. */
async function ownOf(db: Db, uri: string | null, groupId: string): Promise<string | null> {
  const id = ownId(uri, "events");
  if (!id) return null;
  const of = and(eq(events.id, id), eq(events.organizerId, groupId), isNotNull(events.authorId));
  const [found] = await db.select({ id: events.id }).from(events).where(of);
  return found?.id ?? null;
}

/** A group of another server passes on what somebody here made in its name: it stands there. Null: it is nothing of that kind. */
export async function onOwnEvent({ db, sender }: Received, uri: string): Promise<Effect> {
  const id = await ownOf(db, uri, sender.id);
  return id ? (tx) => confirmEvent(tx, sender.id, id) : null;
}

/** It does not take what somebody here made in its name, or said of it since. Null: it is nothing of that kind. By primary keys. */
export async function onEventRefused({ db, sender, object }: Received): Promise<Effect> {
  const activity = ownId(object, "activities");
  const [said] = activity ? await db.select().from(activities).where(eq(activities.id, activity)) : [];
  const id = said && (await ownOf(db, eventUri({ id: said.objectId, uri: null }), sender.id));
  if (!id) return null;
  return async (tx) => {
    await endDelivery(tx, said.id, "rejected");
    await doubtEvent(tx, sender.id, id, said.id);
  };
}

/** A group of another server has an event no more, of ours or of a third: it is its author's alone. Null: it is nothing of that kind. */
export async function onTakenOut({ db, sender, object }: Received): Promise<Effect> {
  const own = await ownOf(db, object, sender.id);
  if (own) return (tx) => takeHome(tx, sender.id, own);
  const known = object ? await inGroup(db, object) : null;
  return known?.group.id === sender.id ? (tx) => takeOutAway(tx, sender.id, known.event.id) : null;
}
