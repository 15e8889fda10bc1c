import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { answerFollow, follow } from "#lib/actor/follow/commands.ts";
import { listFollowersHere } from "#lib/actor/follow/queries.ts";
import { enqueue, enqueueMail } from "#lib/jobs/enqueue.ts";
import { operator, type Viewer } from "#lib/policy/viewer.ts";
import { Refusal, type RefusalCode } from "#lib/refusal.ts";
import { comeInAway, lockAway } from "../away/commands.ts";
import { expectHandle, lockGroup } from "../commands.ts";
import { takenBack } from "../invitation/commands.ts";
import { writeLog } from "../log/commands.ts";
import { answerMember, comeIn, forgetPending } from "../membership/commands.ts";
import { addressOf, nameEachOther, obstacle, strangeness, uriOf } from "./home.ts";
import { getActorByUri } from "./queries.ts";

const { actors, follows, memberships, transfers } = schema;
type Group = typeof actors.$inferSelect;

/** Of how many groups one says that they have become it. */
const mostFormer = 10;

/** A group that its door has looked for on its own server. @throws Refusal not-found, and what stands in the way. */
async function groupThere(tx: Transaction, id: string): Promise<Group> {
  const [group] = await tx.select().from(actors).where(eq(actors.id, id));
  if (!group) throw new Refusal("not-found");
  return group;
}

const refuse = (code: RefusalCode | null): void => {
  if (code) throw new Refusal(code);
};

/**
 * Says of a group that it is what one of another server has become, so that that one may lead its people here; other servers
 * read it in the group's document. Again: nothing.
 * @throws Refusal not-found, gone, group-moved, group-here, not-a-group, address-unknown-there, too-many-former.
 */
export async function nameFormer(db: Database, viewer: Viewer, id: string, formerId: string): Promise<void> {
  await transact(db, async (tx) => {
    const group = await lockGroup(tx, viewer, id, "move", { anew: true });
    const former = await groupThere(tx, formerId);
    refuse(strangeness(former));
    const uri = uriOf(former);
    if (group.alsoKnownAs.includes(uri)) return;
    if (group.alsoKnownAs.length >= mostFormer) throw new Refusal("too-many-former");
    await settle(tx, group, { alsoKnownAs: [...group.alsoKnownAs, uri] });
  });
}

/** Says it no more. What was not said stays so. @throws Refusal not-found, gone. */
export async function forgetFormer(db: Database, viewer: Viewer, id: string, uri: string): Promise<void> {
  await transact(db, async (tx) => {
    const group = await lockGroup(tx, viewer, id, "move");
    if (!group.alsoKnownAs.includes(uri)) return;
    await settle(tx, group, { alsoKnownAs: group.alsoKnownAs.filter((one) => one !== uri) });
  });
}

type Locked = Awaited<ReturnType<typeof lockGroup>>;

/** Changes what a group says of where it was and is; its log, and other servers, are told. */
async function settle(
  tx: Transaction,
  { id, actorId }: Locked,
  change: Partial<typeof actors.$inferInsert>,
  deed: { kind: "settings" | "moved" | "moved-back"; object?: { id: string; name: string } } = { kind: "settings" },
): Promise<void> {
  await tx
    .update(actors)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(actors.id, id));
  await writeLog(tx, { groupId: id, actorId, ...deed });
  await enqueue(tx, "actor-out", { actorId: id });
}

/** Nothing stands in the way of a group's moving there. @throws Refusal not-found, gone, group-moved, and what does (`obstacle`). */
export async function expectWay(db: Database, viewer: Viewer, id: string, toId: string): Promise<void> {
  await transact(db, (tx) => lockWay(tx, viewer, id, toId));
}

async function lockWay(
  tx: Transaction,
  viewer: Viewer,
  id: string,
  toId: string,
): Promise<{ group: Locked; to: Group }> {
  const group = await lockGroup(tx, viewer, id, "move", { anew: true });
  const to = await groupThere(tx, toId);
  refuse(obstacle(group, to));
  return { group, to };
}

/**
 * Moves a group to one of another server, which says that it has become it. From now on nothing new begins here; a job leads
 * its people there, and tells them. `handle` is typed to show that it is meant.
 * @throws Refusal not-found, gone, handle-differs, group-moved, and what stands in the way (`obstacle`).
 */
export async function moveGroup(
  db: Database,
  viewer: Viewer,
  id: string,
  { to: toId, handle }: { to: string; handle: string },
): Promise<void> {
  await transact(db, async (tx) => {
    const { group, to } = await lockWay(tx, viewer, id, toId);
    expectHandle(group, handle);
    const deed = { kind: "moved", object: { id: to.id, name: addressOf(to) } } as const;
    await settle(tx, group, { movedTo: uriOf(to), movedAt: new Date() }, deed);
    await enqueue(tx, "group-moved", { groupId: id });
  });
}

/**
 * Takes a move back: new things begin here again. Whoever has gone stays where they are.
 * @throws Refusal not-found, gone, group-not-moved.
 */
export async function moveBack(db: Database, viewer: Viewer, id: string): Promise<void> {
  await transact(db, async (tx) => {
    const group = await lockGroup(tx, viewer, id, "move");
    if (!group.movedTo) throw new Refusal("group-not-moved");
    await settle(tx, group, { movedTo: null, movedAt: null }, { kind: "moved-back" });
  });
}

/**
 * Leads those of this server who belong to a group that has moved, or follow it, to where it is now, if both groups say so, each
 * once however often it moves: followers follow it there too, members ask to come in, and are told by mail. Nobody is led whom
 * that group has sent away or declined, or who has left it. Who waits for an answer of a group of this server is answered no, and
 * its invitations end. May run twice.
 */
export async function leadOver(db: Database, groupId: string): Promise<void> {
  const [from] = await db.select().from(actors).where(eq(actors.id, groupId));
  const to = from?.movedTo ? await getActorByUri(db, from.movedTo) : null;
  if (!from || !to || !nameEachOther(from, to) || to.movedTo || to.deletedAt || to.suspendedAt) return;
  // They go on following the former: what they have places at there may be for followers alone.
  for (const followerId of await listFollowersHere(db, from.id))
    await transact(db, async (tx) => {
      if (followerId === to.id || !(await isFirst(tx, { actorId: followerId, groupId: to.id, standing: "follower" })))
        return;
      await follow(tx, operator, followerId, to.id);
    });
  // By `memberships_list`.
  const people = await db
    .select({ memberId: actors.id, accountId: actors.accountId })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.memberId))
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.state, "member"),
        isNull(actors.host),
        isNull(actors.deletedAt),
      ),
    )
    .orderBy(asc(memberships.id));
  for (const [index, { memberId, accountId }] of people.entries())
    await transact(db, async (tx) => {
      if (!(await isFirst(tx, { actorId: memberId, groupId: to.id, standing: "member" }))) return;
      const profiles = await profilesOf(tx, memberId, accountId);
      const membershipId = await bring(tx, to, { memberId, profiles }, from.host === null ? undefined : turnOf(index));
      const data = { groupId: to.id, formerId: from.id, ...(membershipId ? { membershipId } : {}) };
      const dedupe = `moved ${from.id} ${to.id} ${accountId}`;
      if (accountId) await enqueueMail(tx, { message: "group-moved", accountId, data, dedupe });
    });
  if (from.host === null) await transact(db, (tx) => endWaiting(tx, from.id));
}

/** Writes down that somebody is led to a group. Returns whether they were not yet. By primary key. */
async function isFirst(tx: Transaction, transfer: typeof transfers.$inferInsert): Promise<boolean> {
  return (await tx.insert(transfers).values(transfer).onConflictDoNothing().returning()).length > 0;
}

/** Somebody, as all of their profiles. By `actors_account`. */
async function profilesOf(tx: Transaction, memberId: string, accountId: string | null): Promise<string[]> {
  if (!accountId) return [memberId];
  const rows = await tx.select({ id: actors.id }).from(actors).where(eq(actors.accountId, accountId));
  return rows.map(({ id }) => id);
}

/** When who comes as the n-th asks: a server may ask for so many a day, unless it is the group's former one. */
const turnOf = (index: number): Date => new Date(Date.now() + Math.floor(index / 45) * 6 * 3_600_000);

/** What somebody is to a group who was there, and was not to be, or did not want to. */
const parted = ["left", "rejected", "removed"];

type Person = { memberId: string; profiles: string[] };

/**
 * Lets somebody in where their group is now, or has them ask, by the rules there. Returns the membership; null: they have to see
 * to it themselves, also where one of their profiles is there no more.
 */
async function bring(tx: Transaction, to: Group, { memberId, profiles }: Person, at?: Date): Promise<string | null> {
  const theirs = and(eq(memberships.groupId, to.id), inArray(memberships.memberId, profiles));
  if ((await tx.$count(memberships, and(theirs, inArray(memberships.state, parted)))) > 0) return null;
  try {
    if (to.host === null)
      await comeIn(tx, await lockGroup(tx, operator, to.id, null), memberId, { message: "", shown: false, profiles });
    else await comeInAway(tx, await lockAway(tx, to.id), memberId, { at });
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
  const pair = and(eq(memberships.groupId, to.id), eq(memberships.memberId, memberId));
  const [row] = await tx.select({ id: memberships.id }).from(memberships).where(pair);
  return row?.id ?? null;
}

/** Ends all that waits for an answer in a group of this server; other servers are told. By `memberships_list`, `follows_followed`. */
async function endWaiting(tx: Transaction, groupId: string): Promise<void> {
  const rows = await tx
    .select({ id: memberships.id, state: memberships.state, uri: memberships.uri, host: actors.host })
    .from(memberships)
    .leftJoin(actors, eq(actors.id, memberships.memberId))
    .where(and(eq(memberships.groupId, groupId), inArray(memberships.state, ["requested", "invited"])));
  const told = rows.filter(({ host }) => host !== null);
  for (const { id, host } of told) {
    await tx
      .update(memberships)
      .set({ ...takenBack, message: "" })
      .where(eq(memberships.id, id));
    await answerMember(tx, { id, host });
  }
  const others = rows.filter((row) => !told.includes(row)).map(({ id }) => id);
  if (others.length > 0) await forgetPending(tx, inArray(memberships.id, others));
  const pending = await tx
    .select({ id: follows.id })
    .from(follows)
    .where(and(eq(follows.followedId, groupId), eq(follows.state, "pending")));
  for (const { id } of pending) await answerFollow(tx, operator, id, false);
}
