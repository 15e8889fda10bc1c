import { and, eq, isNotNull } from "drizzle-orm";
import { type Db, schema, type Transaction, transact } from "#db/client.ts";
import { keepMirror, type MirrorInput } from "#lib/event/mirror/commands.ts";
import { keepRemoteEvent } from "#lib/event/remote/commands.ts";
import { newId } from "#lib/ids.ts";
import { strictest } from "#lib/policy/domain.ts";
import { isNarrowed, isTakenDown } from "#lib/policy/event.ts";
import { Refusal } from "#lib/refusal.ts";
import type { ActorRow } from "../actors.ts";
import { actorPart, actorUri } from "../addresses.ts";
import { addressees } from "../objects/event.ts";
import { audienceInboxes } from "../outbox/audience.ts";
import { passOn, passOnLoss, tellRemoval } from "../outbox/group.ts";
import { standingWithin } from "../peers/judgement.ts";
import type { RemoteEvent } from "../remote/event.ts";
import { asMember, orRefuse } from "./asked.ts";
import type { Received } from "./receive.ts";
import { inTurn } from "./turn.ts";

const { actors, events } = schema;

/** An event of another server that we keep in the name of a group that is of none of its people. By `events_uri`. */
export async function inGroup(db: Db, uri: string) {
  const [found] = await db
    .select({ event: events, group: actors })
    .from(events)
    .innerJoin(actors, eq(actors.id, events.organizerId))
    .where(and(eq(events.uri, uri), isNotNull(events.authorId)));
  return found ?? null;
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
 * Who hears of an event from its group, and in which words it is addressed to them: its author's server in any case; it alone
 * of what is the group's for nobody (null).
 */
export async function hearersOf(db: Db, group: ActorRow, visibility: string | null, author: ActorRow) {
  const among = visibility ? await audienceInboxes(db, group, visibility) : [];
  const inboxes = new Set([...among, ...inboxOf(author)]);
  return { ...addressees({ visibility: visibility ?? "members" }, group.handle), inboxes: [...inboxes] };
}

const inboxOf = ({ sharedInbox, inbox }: ActorRow): string[] => [sharedInbox ?? inbox ?? []].flat();

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

function unlessRefused(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}

type Known = NonNullable<Awaited<ReturnType<typeof inGroup>>>;

type Words = {
  event: RemoteEvent;
  author: ActorRow;
  /** A group of ours that it names, to which it was said; whoever passes it on; and what says so. */
  named?: ActorRow | null;
  by?: ActorRow;
  received?: Received;
};

/** Whether it is a group of this server. */
export const isHere = (group: ActorRow | null | undefined): group is ActorRow => group?.host === null;

/**
 * In whose name an event is: still that group's which has it, if it names it; else a group's of another server which passes it
 * on; else a group's of ours to which it was said.
 */
function groupOf({ event: { groups }, named, by }: Words, known: Known | null): ActorRow | null {
  const has = known && (known.group.id === named?.id || groups.includes(actorUri(known.group))) ? known.group : null;
  if (isHere(has)) return has;
  if (by?.type === "Group" && by.host !== null && groups.includes(by.uri!)) return by;
  return has ?? named ?? null;
}

/**
 * Keeps what its author says of an event now, or its own server: in a group, or in none. A group of ours passes on what it
 * takes in, and tells what has left it, in the order in which that was said.
 */
export async function keepWords(tx: Transaction, words: Words): Promise<void> {
  const { event, author } = words;
  await inTurn(tx, event.uri);
  const known = await inGroup(tx, event.uri);
  const group = groupOf(words, known);
  if (group?.deletedAt || group?.suspendedAt) return;
  const here = isHere(group) && visibilityHere(event, group) ? group : null;
  if (known && here && known.group.id === here.id) return revise(tx, words, known);
  // Of a group that knows nothing of it, what is for none of it is nothing.
  if (isHere(group) && !here && !known) return;
  // Whatever the other says, it leaves the one where it was.
  if ((known || !here) && !(await keepMirrored(tx, event, author, isHere(group) ? null : group))) return;
  const taken = here && (await enter(tx, words, here, known));
  if (known && isHere(known.group)) await tellLeft(tx, words, known, taken?.inboxes);
  if (here && taken) await passOn(tx, here, words.received!.raw, taken);
}

/** Whether a group takes an event in that was of another, or of none: as it does, who hears of it. */
async function enter(tx: Transaction, { event, author, received }: Words, group: ActorRow, known: Known | null) {
  const kept: { id?: string | null } = {};
  const take = async (tx: Transaction) => {
    kept.id = await keepHere(tx, event, author, group);
  };
  await orRefuse(tx, group, received!, take).catch((error) => {
    // That it left another holds in any case.
    if (!known) throw error;
    unlessRefused(error);
  });
  if (!kept.id) return null;
  return { ...(await hearersOf(tx, group, visibilityHere(event, group), author)), objectId: kept.id };
}

/**
 * Tells who heard of an event by a group of ours that it is the group's no more: by its author's word where all may read that;
 * else by the group's alone, and to whom its author hides it from by its id, where its own server answers that it is gone.
 * `near`: who has it from another group from now on.
 */
async function tellLeft(tx: Transaction, { event, author, received }: Words, known: Known, near: string[] = []) {
  const { group } = known;
  const objectId = known.event.id;
  const about = { objectId, which: received?.id ?? newId() };
  const forAll = event.visibility !== "members";
  if (!forAll) {
    const lost = await passOnLoss(tx, group, event.uri, { ...about, inboxes: [...near, ...inboxOf(author)] });
    const inboxes = received ? lost : [...lost, ...inboxOf(author)];
    await tellRemoval(tx, group, event.uri, { ...about, author, inboxes });
  }
  const hearers = await hearersOf(tx, group, forAll ? known.event.visibility : null, author);
  if (received && !isTakenDown(known.event)) await passOn(tx, group, received.raw, { ...hearers, objectId });
}

/**
 * Newer words for an event that stays in a group of ours, while its author may make events there. Where they may no more, and
 * show it to fewer, the group lets it go: it is not shown to whom they hide it from.
 */
async function revise(tx: Transaction, words: Words, known: Known): Promise<void> {
  const { event, author, received } = words;
  const { group } = known;
  const visibility = visibilityHere(event, group)!;
  const fewer = isNarrowed(known.event.visibility, visibility);
  const change = async (tx: Transaction) => {
    const objectId = await keepHere(tx, event, author, group);
    if (!objectId) return;
    const hearers = { ...(await hearersOf(tx, group, visibility, author)), objectId };
    if (fewer) await passOnLoss(tx, group, event.uri, { ...hearers, which: received?.id ?? newId() });
    // What the host hides is told in no newer words.
    if (received && !isTakenDown(known.event)) await passOn(tx, group, received.raw, hearers);
  };
  const orLetGo = async (tx: Transaction) => {
    try {
      await transact(tx, change);
    } catch (error) {
      unlessRefused(error);
      if (!fewer || !(await keepMirrored(tx, event, author, null))) throw error;
      await tellLeft(tx, { event, author }, known);
    }
  };
  if (received) await orRefuse(tx, group, received, orLetGo);
  else await orLetGo(tx).catch(unlessRefused);
}
