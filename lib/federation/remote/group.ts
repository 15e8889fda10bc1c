import { and, eq, isNotNull, isNull, min } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Database, type Db, schema, transact } from "#db/client.ts";
import { catchUp } from "#lib/group/away/commands.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { Refusal } from "#lib/refusal.ts";
import { ownHost } from "#lib/urls.ts";
import type { ActorRow } from "../actors.ts";
import { actorUri, hostOf, sameOrigin } from "../addresses.ts";
import { fetchObject, type Json } from "../documents.ts";
import { onAnnounce } from "../inbox/announce.ts";
import { readFrom } from "../inbox/create.ts";
import { onDiscussedRead } from "../inbox/discussion.ts";
import { mirror } from "../inbox/event.ts";
import { onPostRead } from "../inbox/post.ts";
import { type Effect, type Past, type Received, takeEffect } from "../inbox/receive.ts";
import { onResourceRead } from "../inbox/resource.ts";
import { saidBy, talkBy } from "../inbox/talk.ts";
import { membersOf } from "../objects/discussion.ts";
import { isSuspended } from "../peers/queries.ts";
import { itemsOf } from "./collection.ts";
import { isForEverybody } from "./comment.ts";
import { idOf, idsOf, isObject, textOf } from "./values.ts";

const { actors, memberships } = schema;
const [groups, members] = [alias(actors, "groups"), alias(actors, "members")];

/** Bounds of one reading: milliseconds, pages and items of each kind and of what was said in one discussion, and all of it. */
const longest = 180_000;
const mostInAll = { documents: 600, said: 5_000 };
/** How often a server of others is asked in vain, and all of them. */
const mostInVain = { host: 3, all: 50 };
const mostSaid = { pages: 15, items: 300 };
const most = {
  events: { pages: 5, items: 100 },
  posts: { pages: 10, items: 200 },
  resources: { pages: 25, items: 500 },
  discussions: { pages: 10, items: 200 },
};
/** Seconds until it is tried again: the group may not have heard that it was answered, or is away. */
const pauses = [5, 60, 600, 3_600, 6 * 3_600, 24 * 3_600];

type Kind = keyof typeof most;

/** As what the group passes on, by the rules of the inbox. */
const takers: Record<Kind, (received: Received, document: Json) => Promise<Effect | undefined>> = {
  events: ({ db, sender }, document) => mirror(db, document, { by: sender }),
  posts: ({ db, past }, document) => onPostRead(db, document, { past }),
  resources: onResourceRead,
  discussions: onDiscussedRead,
};

type Reading = {
  db: Database;
  group: ActorRow;
  member: ActorRow;
  membershipId: string;
  past: Past;
  until: number;
  /** What is left of the bounds, and the hosts that were asked in vain to vouch for what others said. */
  budget: { documents: number; said: number; vain: string[] };
};

/**
 * Reads what was in a group of another server before one of ours joined, as that member: its events to come, posts, links,
 * discussions and what was said in them. Nobody is told of it, and all of it is read. Where somebody here belongs to it for whom that
 * was done, it is here already. What cannot be read is tried again, some times. By primary keys, `memberships_list`.
 */
export async function readGroup(db: Database, membershipId: string, tries = 0): Promise<void> {
  const found = await belonging(db, membershipId);
  if (!found || (await isSuspended(db, found.group.host!))) return;
  const { group, member } = found;
  const asked = new Date();
  const past = { until: await beginning(db, group.id), asked, after: null };
  const until = asked.getTime() + longest;
  const reading = { db, group, member, membershipId, past, until, budget: { ...mostInAll, vain: [] } };
  if ((await isCaughtUp(db, group.id)) || (await readAll(reading))) return catchUp(db, membershipId);
  const pause = pauses[tries];
  if (pause === undefined) return;
  const at = new Date(Date.now() + pause * 1_000);
  const order = { membershipId, tries: tries + 1 };
  await transact(db, (tx) => enqueue(tx, "read-group", order, { at, among: group.id }));
}

/** Somebody here who is a member of a group of another server, and that one; null: no more, or it is gone. */
async function belonging(db: Db, membershipId: string) {
  const present = (actor: typeof groups | typeof members) => and(isNull(actor.deletedAt), isNull(actor.suspendedAt));
  const [found] = await db
    .select({ group: groups, member: members })
    .from(memberships)
    .innerJoin(groups, and(eq(groups.id, memberships.groupId), isNotNull(groups.host), present(groups)))
    .innerJoin(members, and(eq(members.id, memberships.memberId), isNull(members.host), present(members)))
    .where(and(eq(memberships.id, membershipId), eq(memberships.state, "member")));
  return found ?? null;
}

const amongUs = (groupId: string) => and(eq(memberships.groupId, groupId), eq(memberships.state, "member"));

/** A second before anybody here came to a group: by then all was said that is no news. */
async function beginning(db: Db, groupId: string): Promise<Date> {
  const [first] = await db
    .select({ at: min(memberships.joinedAt) })
    .from(memberships)
    .where(amongUs(groupId));
  return new Date((first?.at ?? new Date()).getTime() - 1_000);
}

const isCaughtUp = async (db: Db, groupId: string): Promise<boolean> =>
  (await db.$count(memberships, and(amongUs(groupId), isNotNull(memberships.caughtUpAt)))) > 0;

/** Whether all could be read, as far as the bounds go. */
async function readAll(reading: Reading): Promise<boolean> {
  const { db, group, member, until } = reading;
  const document = await unlessRefused(fetchObject(db, actorUri(group), member));
  if (!document || document.id !== group.uri) return false;
  if (!(await showsMembers(reading, partOf(document, "members")))) return false;
  let whole = true;
  for (const kind of Object.keys(most) as Kind[]) {
    const part = partOf(document, kind);
    if (part) whole = ((await unlessRefused(readPart(reading, kind, part))) ?? false) && whole;
  }
  return whole && Date.now() <= until;
}

/** A collection of the group, where it names one of its own origin. */
function partOf(document: Json, name: string): string | null {
  const endpoints = isObject(document.endpoints) ? document.endpoints : {};
  const uri = idOf(document[name] ?? endpoints[name]);
  return uri && sameOrigin(uri, String(document.id)) ? uri : null;
}

const boundsOf = ({ member, until, budget }: Reading) => ({ as: member, until, budget });

/** Whether the group shows its members to one of them: it may not have heard yet that its invitation was accepted. */
async function showsMembers(reading: Reading, part: string | null): Promise<boolean> {
  if (!part) return true;
  const shown = itemsOf(reading.db, part, { ...boundsOf(reading), pages: 1, items: 1 });
  return (await unlessRefused(shown.next()))?.done === false;
}

async function unlessRefused<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log("federation").debug("Something of a group could not be read", { reason: error.code });
    return null;
  }
}

/** Whether one kind of what the group has could be read. */
async function readPart(reading: Reading, kind: Kind, part: string): Promise<boolean> {
  let whole = true;
  for await (const item of itemsOf(reading.db, part, { ...boundsOf(reading), ...most[kind] })) {
    if (!(await belonging(reading.db, reading.membershipId))) return true;
    await take(reading, kind, item);
    if (kind === "discussions") whole = (await unlessRefused(readSaid(reading, item))) !== null && whole;
  }
  return whole;
}

/** What was said in a discussion that is kept, in the order in which it was said: the latest of it, where it is much. */
async function readSaid(reading: Reading, item: unknown): Promise<true> {
  const { db, group, past, budget } = reading;
  const [uri, part] = [idOf(objectOf(item)), isObject(item) ? idOf(item.replies) : null];
  const kept = uri && part && sameOrigin(part, group.uri!) ? await talkBy(db, uri) : null;
  const items = Math.min(mostSaid.items, budget.said);
  if (!kept || items === 0) return true;
  const said: unknown[] = [];
  for await (const one of itemsOf(db, part!, { ...boundsOf(reading), ...mostSaid, items })) said.push(one);
  budget.said -= said.length;
  let after: string | null = null;
  for (const one of said.reverse()) {
    const object = objectOf(one);
    if (isObject(object) && object.context !== uri) continue;
    await take({ ...reading, past: { ...past, after } }, "discussions", one);
    after = (await saidBy(db, idOf(object) ?? ""))?.message.id ?? after;
  }
  return true;
}

/** What an item is about: itself, or what is in an activity, also one that is passed on. */
function objectOf(item: unknown): unknown {
  const inner = passedIn(item) ?? item;
  return isObject(inner) && ["Create", "Update"].includes(textOf(inner.type)) ? inner.object : inner;
}

const passedIn = (item: unknown): unknown => (isObject(item) && item.type === "Announce" ? item.object : null);

/** Whether a document says that it is the group's, and for everybody, or for those who follow or belong to it. */
function isOf(document: Json, group: ActorRow): boolean {
  const owners = [document.attributedTo, document.audience].flatMap(idsOf);
  const audience = [document.to, document.cc].flatMap(idsOf);
  const inside = [group.followersUri, membersOf(group)].some((one) => one !== null && audience.includes(one));
  return owners.includes(group.uri!) && (inside || isForEverybody(document));
}

/** Takes one thing as if the group passed it on: its own as it stands there, what is of others by their proof, or from where it is. */
async function take(reading: Reading, kind: Kind, item: unknown): Promise<void> {
  const effect = await effectOf(reading, kind, item);
  if (effect) await takeEffect(reading.db, effect);
}

async function effectOf(reading: Reading, kind: Kind, item: unknown): Promise<Effect | undefined> {
  const { db, group, member, past } = reading;
  const object = objectOf(item);
  const id = idOf(object);
  if (!id || (isObject(object) && !isOf(object, group))) return null;
  const raw = { type: "Announce", object: passedIn(item) ?? item };
  const named = { actor: group.uri!, id, type: "Update", object: id, target: null, raw };
  const received: Received = { db, sender: group, past, ...named };
  // What is in an activity is its actor's word.
  if (object !== item || (!isObject(item) && !sameOrigin(id, group.uri!))) return effectOfOther(reading, received);
  if (!sameOrigin(id, group.uri!)) return null;
  const document = isObject(object) ? object : await readFrom(db, id, member);
  return document && isOf(document, group) ? takers[kind](received, document) : null;
}

/** The word of others: a server that vouches for nothing is not asked for ever, nor are many. */
async function effectOfOther({ budget: { vain } }: Reading, received: Received): Promise<Effect> {
  const host = hostOf(received.id) ?? "";
  const tries = vain.filter((one) => one === host).length;
  if (tries >= mostInVain.host || vain.length >= mostInVain.all) return null;
  const effect = await onAnnounce(received);
  if (!effect && host !== ownHost()) vain.push(host);
  return effect;
}
