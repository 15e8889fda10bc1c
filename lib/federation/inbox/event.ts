import { and, eq, isNotNull } from "drizzle-orm";
import { type Db, schema, type Transaction } from "#db/client.ts";
import { buryMirror, keepMirror, type MirrorInput } from "#lib/event/mirror/commands.ts";
import {
  confirmEvent,
  doubtEvent,
  keepRemoteEvent,
  takeHome,
  takeOutAway,
  takeOutEvent,
} from "#lib/event/remote/commands.ts";
import { strictest } from "#lib/policy/domain.ts";
import { isInner, isNarrowed, keeperOf } from "#lib/policy/event.ts";
import { Refusal } from "#lib/refusal.ts";
import type { ActorRow } from "../actors.ts";
import { actorPart, actorUri, eventUri, ownId, sameOrigin } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { addressees } from "../objects/event.ts";
import { audienceInboxes } from "../outbox/audience.ts";
import { forget } from "../outbox/discussion.ts";
import { passOn, passOnLoss } from "../outbox/group.ts";
import { endDelivery } from "../outbox/say.ts";
import { standingWithin } from "../peers/judgement.ts";
import { resolveActor } from "../remote/actor.ts";
import { type RemoteEvent, readEvent } from "../remote/event.ts";
import { isObject } from "../remote/values.ts";
import { asAsked, orRefuse } from "./asked.ts";
import { isGone } from "./change.ts";
import { asMember } from "./discussion.ts";
import { ownGroup } from "./group.ts";
import type { Effect, Received } from "./receive.ts";

const { activities, actors, events } = schema;

/** An event of another server that we keep in the name of a group that is of none of its people. By `events_uri`. */
async function inGroup(db: Db, uri: string) {
  const [found] = await db
    .select({ event: events, group: actors })
    .from(events)
    .innerJoin(actors, eq(actors.id, events.organizerId))
    .where(and(eq(events.uri, uri), isNotNull(events.authorId)));
  return found ?? null;
}

/** Whether we keep an event that is for followers or members alone: its server need not know us as one of them. By `events_uri`. */
export async function isForSome(db: Db, uri: string): Promise<boolean> {
  const [known] = await db.select({ visibility: events.visibility }).from(events).where(eq(events.uri, uri));
  return known !== undefined && isInner(known.visibility);
}

/** What we keep of what was read. */
const keptOf = ({ audience: _, attributed: __, attributedTo: ___, groups: ____, ...kept }: RemoteEvent) => kept;

/** For whom an event is, for everybody or by the collections of whose it is; null: for none of them. */
function visibilityFor(
  event: RemoteEvent,
  followers: string | null,
  members: string,
): MirrorInput["visibility"] | null {
  if (event.visibility !== "members") return event.visibility;
  if (followers && event.audience.includes(followers)) return "followers";
  return event.audience.includes(members) ? "members" : null;
}

/** The same in a group of ours. */
const visibilityHere = (event: RemoteEvent, { handle }: ActorRow) =>
  visibilityFor(event, actorPart(handle, "followers"), actorPart(handle, "members"));

/**
 * A member of a group of ours makes an event in its name, on their own server, or has other words for it: by the rules of the
 * group, and then passed on as it came. What names the group no more leaves it. Undefined: it is nothing of that kind.
 */
export async function onEvent(received: Received): Promise<Effect | undefined> {
  const { db, sender, actor, id, raw, via } = received;
  const event = isObject(raw.object) ? readEvent(raw.object) : null;
  if (!event || !sameOrigin(event.uri, actor)) return undefined;
  const named = await ownAmong(db, event.groups);
  const known = await inGroup(db, event.uri);
  const group = named ?? (known?.group.host === null ? known.group : null);
  if (!group) return undefined;
  // What others pass on to us was not said to the group.
  if (via || event.attributedTo !== actor) return null;
  const before = known?.group.id === group.id ? known.event.visibility : null;
  // What is for none of the group leaves it, too.
  const visibility = named && visibilityHere(event, group);
  if (!visibility && !before) return null;
  const fewer = before !== null && isNarrowed(before, visibility || event.visibility);
  // Whom its author shows it to in no group's name, their own server tells.
  const hearers = await hearersOf(db, group, visibility || (fewer ? null : before), sender);
  const keep = async (tx: Transaction) => {
    const objectId = await (visibility ? keepHere(tx, event, sender, group) : keepMirrored(tx, event, sender, null));
    if (objectId && fewer) await passOnLoss(tx, group, event.uri, { ...hearers, objectId, which: id });
    if (objectId) await passOn(tx, group, raw, { ...hearers, objectId });
  };
  return (tx) => orRefuse(tx, group, received, keep);
}

async function ownAmong(db: Received["db"], uris: string[]): Promise<ActorRow | null> {
  for (const uri of uris) {
    const group = await ownGroup(db, uri);
    if (group) return group;
  }
  return null;
}

/**
 * Who hears of an event from its group, and in which words it is addressed to them: its author's server in any case; it alone
 * of what is the group's for nobody (null).
 */
async function hearersOf(db: Db, group: ActorRow, visibility: string | null, { sharedInbox, inbox }: ActorRow) {
  const own = sharedInbox ?? inbox;
  const among = visibility ? await audienceInboxes(db, group, visibility) : [];
  const inboxes = new Set([...among, ...(own ? [own] : [])]);
  return { ...addressees({ visibility: visibility ?? "members" }, group.handle), inboxes: [...inboxes] };
}

/** In a group of ours, as far as its author may make events there. */
async function keepHere(tx: Transaction, event: RemoteEvent, author: ActorRow, group: ActorRow) {
  const visibility = visibilityHere(event, group);
  if (!visibility) return null;
  const standing = await standingWithin(tx, author.host!);
  return keepRemoteEvent(tx, asMember(author), group.id, { ...keptOf(event), visibility }, standing);
}

/** Its author's own, or in the name of a group of a third server, which passed it on. */
async function keepMirrored(tx: Transaction, event: RemoteEvent, author: ActorRow, group: ActorRow | null) {
  const { id, uri, followersUri } = group ?? author;
  // What is neither for everybody nor for its followers is for its members at most.
  const visibility = visibilityFor(event, followersUri, `${uri}/members`) ?? "members";
  const whose = { organizerId: id, authorId: group ? author.id : null };
  const hosts = [author.host!, ...(group?.host ? [group.host] : [])];
  const standings = await Promise.all(hosts.map((host) => standingWithin(tx, host)));
  return keepMirror(tx, whose, { ...keptOf(event), visibility }, strictest(standings));
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
  const group = await groupOf(db, event, by);
  if (group?.deletedAt || group?.suspendedAt) return null;
  if (group?.host !== null) return (tx) => keepMirrored(tx, event, author, group ?? null);
  // Read anew, it changes in our group while its author may make events there.
  return (tx) => keepHere(tx, event, author, group).catch(unlessRefused);
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}

/** The group in whose name an event says that it is, if that one passes it on, or has it already. */
async function groupOf(db: Db, { uri, groups }: RemoteEvent, by?: ActorRow): Promise<ActorRow | null> {
  if (groups.length === 0) return null;
  if (by?.type === "Group" && by.host !== null && groups.includes(by.uri!)) return by;
  const known = await inGroup(db, uri);
  return known && groups.includes(actorUri(known.group)) ? known.group : null;
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
  const hearers = await hearersOf(db, group, event.visibility, sender);
  return async (tx) => {
    await buryMirror(tx, keeperOf(event), uri);
    await forget(tx, event.id);
    await passOn(tx, group, raw, { ...hearers, objectId: event.id });
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
