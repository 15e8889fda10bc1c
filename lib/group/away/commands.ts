import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { type Database, type Db, schema, type Transaction, transact } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { askedAgainAt, enqueue, enqueueMail } from "#lib/jobs/enqueue.ts";
import { spend, trySpend } from "#lib/limits/commands.ts";
import type { GroupRole } from "#lib/policy/group.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { linkToken, tokenHash } from "#lib/secrets.ts";
import { absolute } from "#lib/urls.ts";
import { actingAs, expectHere } from "../commands.ts";
import { readAnew } from "../roster/commands.ts";

const { actors, memberships } = schema;

/** How many invitations of one server may wait for an answer here. */
const mostOpen = 50;

const of = (groupId: string, memberId: string) =>
  and(eq(memberships.groupId, groupId), eq(memberships.memberId, memberId));

/** A group of another server, locked until the transaction ends. @throws Refusal not-found, gone. */
export async function lockAway(tx: Transaction, groupId: string) {
  const there = and(eq(actors.id, groupId), eq(actors.type, "Group"), isNotNull(actors.host));
  const [group] = await tx.select().from(actors).where(there).for("no key update");
  if (!group) throw new Refusal("not-found");
  if (group.deletedAt || group.suspendedAt) throw new Refusal("gone");
  return group;
}

const tell = (tx: Transaction, membershipId: string) => enqueue(tx, "membership-out", { membershipId });

/**
 * Asks the server of a group to let one of one's own profiles in; its answer settles it, and without one it is asked
 * once more a day later. Who was invited is in at once.
 * Again: nothing. Returns what one is now.
 * @throws Refusal not-found, gone, forbidden, group-by-invitation, group-moved, too-many-requests.
 */
export async function joinGroupAway(
  db: Database,
  viewer: AccountViewer,
  groupId: string,
  { as, message }: { as?: string; message: string },
): Promise<"member" | "requested"> {
  const memberId = actingAs(viewer, as);
  return transact(db, async (tx) => {
    const group = await lockAway(tx, groupId);
    return comeInAway(tx, group, memberId, { message, spend: () => spend(tx, "ask-group", viewer.accountId) });
  });
}

/** What somebody says who would come in, what asking costs where it does, and when it is said if not now. */
type Wish = { message?: string; spend?: () => Promise<void>; at?: Date };

/** The same for anybody of this server, once the group is locked. @throws Refusal not-found, group-by-invitation, group-moved. */
export async function comeInAway(
  tx: Transaction,
  group: Awaited<ReturnType<typeof lockAway>>,
  memberId: string,
  { message = "", spend, at }: Wish,
): Promise<"member" | "requested"> {
  const groupId = group.id;
  const [known] = await tx.select().from(memberships).where(of(groupId, memberId));
  if (known?.state === "member" || known?.state === "requested") return known.state;
  expectHere(group);
  if (known?.state === "invited") {
    await acceptAway(tx, known.id);
    return "member";
  }
  // A group that says nothing of members has none: it is followed.
  if (!group.openness) throw new Refusal("not-found");
  if (group.openness === "invite_only") throw new Refusal("group-by-invitation");
  await spend?.();
  const asks = { state: "requested", message, uri: absolute(`/activities/${newId()}`), updatedAt: sql`now()` };
  const [row] = await tx
    .insert(memberships)
    .values({ ...asks, id: newId(), groupId, memberId })
    .onConflictDoUpdate({ target: [memberships.groupId, memberships.memberId], set: asks })
    .returning({ id: memberships.id });
  await enqueue(tx, "membership-out", { membershipId: row!.id }, { at });
  await enqueue(tx, "membership-out", { membershipId: row!.id, again: true }, { at: askedAgainAt(at) });
  return "requested";
}

/** Leaves a group of another server with every profile, or takes back the wish to come in. @throws Refusal not-found. */
export async function leaveGroupAway(db: Database, viewer: AccountViewer, groupId: string): Promise<void> {
  await transact(db, async (tx) => {
    await lockAway(tx, groupId);
    const own = and(eq(memberships.groupId, groupId), inArray(memberships.memberId, viewer.actorIds));
    const rows = await tx
      .select({ id: memberships.id, state: memberships.state })
      .from(memberships)
      .where(and(own, inArray(memberships.state, ["member", "requested"])));
    if (rows.length === 0) throw new Refusal("not-found");
    for (const row of rows) await quitAway(tx, row);
  });
}

/** Ends whatever somebody is to a group of another server, which is told if it thinks otherwise; nothing of it is kept. */
export async function quitAway(tx: Transaction, { id, state }: { id: string; state: string }): Promise<void> {
  if (state === "invited") return declineAway(tx, id);
  const one = eq(memberships.id, id);
  if (state === "member" || state === "requested") {
    const left = { state: "left", role: "member", message: "", updatedAt: sql`now()` };
    const [row] = await tx.update(memberships).set(left).where(one).returning();
    if (row && state === "member") await partAway(tx, row);
    return tell(tx, id);
  }
  await tx.delete(memberships).where(one);
}

/** Has the places of somebody who is a member no more given back, at what is for some alone. */
async function partAway(
  tx: Transaction,
  { groupId, memberId }: Pick<typeof memberships.$inferSelect, "groupId" | "memberId">,
) {
  if (memberId) await enqueue(tx, "circle-left", { organizerId: groupId, actorId: memberId });
}

const closed = { tokenHash: null, expiresAt: null, message: "" };
const entered = { joinedAt: sql`now()`, caughtUpAt: null };

/** What one of ours was not there for is read: what the group says to everybody, and what it keeps for its members. */
async function readEarlier(tx: Transaction, groupId: string, membershipId: string): Promise<void> {
  await enqueue(tx, "read-outbox", { actorId: groupId });
  // One after the other: whoever comes next finds it read.
  await enqueue(tx, "read-group", { membershipId }, { among: groupId });
}

/** Says yes to an invitation into a group of another server, under its lock; what was there before is read. */
export async function acceptAway(tx: Transaction, membershipId: string): Promise<void> {
  const [row] = await tx
    .update(memberships)
    .set({ ...closed, ...entered, state: "member", role: "member", updatedAt: sql`now()` })
    .where(eq(memberships.id, membershipId))
    .returning({ groupId: memberships.groupId });
  await tell(tx, membershipId);
  await readEarlier(tx, row!.groupId, membershipId);
}

/** Says no to it. What is said is forgotten once it was told. */
export async function declineAway(tx: Transaction, membershipId: string): Promise<void> {
  await tx
    .update(memberships)
    .set({ ...closed, state: "rejected", updatedAt: sql`now()` })
    .where(eq(memberships.id, membershipId));
  await tell(tx, membershipId);
}

/**
 * What the group's server answers to the wish to come in, told by mail; a no that comes later ends the membership. What was
 * there before is read. Said again, or after the wish was taken back, it changes nothing.
 */
export async function settleAway(tx: Transaction, membershipId: string, answer: "accepted" | "rejected") {
  const state =
    answer === "accepted" ? sql`'member'` : sql`case when state = 'member' then 'removed' else 'rejected' end`;
  const open = answer === "accepted" ? ["requested"] : ["requested", "member"];
  const [row] = await tx
    .update(memberships)
    .set({
      ...{ state, role: "member", message: "", updatedAt: sql`now()` },
      ...(answer === "accepted" ? entered : {}),
    })
    .where(and(eq(memberships.id, membershipId), inArray(memberships.state, open)))
    .returning();
  if (!row) return;
  await enqueueMail(tx, { message: "group-answer", membershipId });
  if (answer === "accepted") await readEarlier(tx, row.groupId, membershipId);
  if (row.state === "removed") await partAway(tx, row);
}

/** What was in the group before one of ours came is here: what comes since then comes by itself. */
export async function catchUp(db: Db, membershipId: string): Promise<void> {
  const there = and(eq(memberships.id, membershipId), eq(memberships.state, "member"));
  await db.update(memberships).set({ caughtUpAt: sql`now()` }).where(there);
}

/** The group's server takes an invitation back, or ends the membership of one of ours, who is told. */
export async function endAway(tx: Transaction, membershipId: string): Promise<void> {
  const one = eq(memberships.id, membershipId);
  await tx.delete(memberships).where(and(one, eq(memberships.state, "invited")));
  await settleAway(tx, membershipId, "rejected");
}

/** The role that the group's server gives to a member of ours; who leads it from now on finds its list here. */
export async function changeRoleAway(tx: Transaction, membershipId: string, role: GroupRole): Promise<void> {
  const [row] = await tx
    .update(memberships)
    .set({ role, updatedAt: sql`now()` })
    .where(and(eq(memberships.id, membershipId), eq(memberships.state, "member")))
    .returning({ groupId: memberships.groupId });
  if (row && role !== "member") await readAnew(tx, row.groupId);
}

type RemoteInvitation = { groupId: string; host: string; memberId: string; invitedById: string | null; uri: string };

/**
 * Keeps that a group of another server asks one of ours in: for 14 days, seen by them alone, with a mail. Who has asked to
 * come in is in. What is beyond the bounds of one server is dropped.
 */
export async function inviteFromElsewhere(tx: Transaction, invitation: RemoteInvitation): Promise<void> {
  const { groupId, host, memberId, invitedById, uri } = invitation;
  await lockAway(tx, groupId);
  const [known] = await tx.select().from(memberships).where(of(groupId, memberId));
  if (known?.state === "member") return;
  const [taken] = await tx.select().from(memberships).where(eq(memberships.uri, uri));
  if (taken && taken.id !== known?.id) return;
  if (known?.state === "requested") {
    await tx.update(memberships).set({ uri }).where(eq(memberships.id, known.id));
    return acceptAway(tx, known.id);
  }
  // By `actors_host`, `memberships_list`.
  const groups = tx
    .select({ id: actors.id })
    .from(actors)
    .where(and(eq(actors.host, host), eq(actors.type, "Group")));
  const open = and(inArray(memberships.groupId, groups), eq(memberships.state, "invited"));
  if ((await tx.$count(memberships, open)) >= mostOpen || (await trySpend(tx, "invite", host)) > 0) return;
  if (known) await tx.delete(memberships).where(eq(memberships.id, known.id));
  const id = newId();
  await tx.insert(memberships).values({
    ...{ id, groupId, memberId, invitedById, uri, state: "invited" },
    tokenHash: tokenHash(linkToken("membership", id, 0)),
    expiresAt: sql`now() + interval '14 days'`,
  });
  await enqueueMail(tx, { message: "group-invitation", membershipId: id });
}
