import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { type Database, type Db, schema, type Transaction, transact } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { enqueue, enqueueMail, enqueueMails } from "#lib/jobs/enqueue.ts";
import { spend, trySpend } from "#lib/limits/commands.ts";
import type { GroupRole } from "#lib/policy/group.ts";
import type { AccountViewer, Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import type { Decided } from "../ask/commands.ts";
import { actingAs, expectHere, lockGroup } from "../commands.ts";
import { writeLog } from "../log/commands.ts";
import { askAbout } from "../roster/commands.ts";
import type { JoinGroupInput } from "./input.ts";

const { actors, memberships } = schema;

/** How many members a group may have. */
const mostMembers = 10_000;

const member = eq(memberships.state, "member");
const of = (groupId: string, memberId: string) =>
  and(eq(memberships.groupId, groupId), eq(memberships.memberId, memberId));

/** @throws Refusal group-full, group-moved. By primary key, `memberships_list`. */
async function expectRoom(tx: Transaction, groupId: string): Promise<void> {
  const [group] = await tx.select({ movedTo: actors.movedTo }).from(actors).where(eq(actors.id, groupId));
  expectHere(group!);
  if ((await tx.$count(memberships, and(eq(memberships.groupId, groupId), member))) >= mostMembers)
    throw new Refusal("group-full");
}

/**
 * Makes somebody a member, whatever they were to the group before, under the group's lock. `shown` is their wish, where
 * they were asked for it. @throws Refusal group-full, group-moved.
 */
export async function admit(tx: Transaction, groupId: string, memberId: string, shown?: boolean): Promise<string> {
  await expectRoom(tx, groupId);
  const now = { state: "member", role: "member", joinedAt: sql`now()`, updatedAt: sql`now()` };
  const open = { message: "", tokenHash: null, expiresAt: null, sentAway: false };
  const [row] = await tx
    .insert(memberships)
    .values({ ...now, id: newId(), groupId, memberId, shown })
    .onConflictDoUpdate({
      target: [memberships.groupId, memberships.memberId],
      set: { ...now, ...open, ...(shown === undefined ? {} : { shown }) },
    })
    .returning({ id: memberships.id });
  return row!.id;
}

/** What somebody says who would come in, all of their profiles, and what asking costs where it does. */
type Wish = { message: string; shown: boolean; profiles?: string[]; spend?: () => Promise<void> };

/** Whether the group has sent one of the profiles away, or declined it, and not let it in since. By `memberships_pair`. */
async function isSentAway(tx: Transaction, groupId: string, profiles: string[]): Promise<boolean> {
  const theirs = and(eq(memberships.groupId, groupId), inArray(memberships.memberId, profiles));
  return (await tx.$count(memberships, and(theirs, eq(memberships.sentAway, true)))) > 0;
}

/**
 * Lets somebody into an open group, or has them ask to come into another, under the group's lock; who was invited is in. Who
 * was sent away, or declined, comes back by asking or by invitation alone, also into an open group, until somebody who
 * decides lets them in: no request that is taken back, no invitation that comes to nothing, and no other profile of theirs
 * washes it off. Who is in, or asks already, stays so. @throws Refusal group-by-invitation, group-full, group-moved.
 */
export async function comeIn(
  tx: Transaction,
  group: { id: string; openness: string | null; movedTo: string | null },
  memberId: string,
  { message, shown, profiles = [memberId], spend }: Wish,
): Promise<"member" | "requested"> {
  const [known] = await tx.select().from(memberships).where(of(group.id, memberId));
  if (known?.state === "member" || known?.state === "requested") return known.state;
  expectHere(group);
  const at = { groupId: group.id, actorId: memberId };
  if (known?.state === "invited" || (group.openness === "open" && !(await isSentAway(tx, group.id, profiles)))) {
    await admit(tx, group.id, memberId, shown);
    await writeLog(tx, { ...at, kind: "joined" });
    return "member";
  }
  if (group.openness === "invite_only") throw new Refusal("group-by-invitation");
  await spend?.();
  const asks = { state: "requested", message, shown, updatedAt: sql`now()` };
  const [row] = await tx
    .insert(memberships)
    .values({ ...asks, id: newId(), groupId: group.id, memberId })
    .onConflictDoUpdate({ target: [memberships.groupId, memberships.memberId], set: asks })
    .returning({ id: memberships.id });
  await writeLog(tx, { ...at, kind: "requested" });
  await tellAdministrators(tx, group.id, row!.id);
  return "requested";
}

/**
 * Comes into an open group at once, or asks to come into another. Again: nothing. Returns what one is now.
 * @throws Refusal not-found, gone, forbidden, group-by-invitation, group-full, group-moved, too-many-requests.
 */
export async function joinGroup(
  db: Database,
  viewer: AccountViewer,
  groupId: string,
  { as, message, shown }: JoinGroupInput,
): Promise<"member" | "requested"> {
  const memberId = actingAs(viewer, as);
  return transact(db, async (tx) => {
    const group = await lockGroup(tx, viewer, groupId, null);
    const asking = () => spend(tx, "ask-group", viewer.accountId);
    return comeIn(tx, group, memberId, { message, shown, profiles: viewer.actorIds, spend: asking });
  });
}

/** For so long requests are gathered into one mail, once they are many: milliseconds. */
const gathering = 6 * 3600_000;

/**
 * One mail for each account that administers the group: somebody asks to come in. Where many do on one day, who comes later is
 * told of with all others of six hours, at their end. By `memberships_leaders`.
 */
async function tellAdministrators(tx: Transaction, groupId: string, membershipId: string): Promise<void> {
  const leaders = await tx
    .selectDistinct({ accountId: actors.accountId })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.memberId))
    .where(and(eq(memberships.groupId, groupId), member, eq(memberships.role, "administrator")));
  const told = leaders.flatMap(({ accountId }) => (accountId ? [accountId] : []));
  if (told.length === 0) return;
  if ((await trySpend(tx, "request-mail", groupId)) === 0) {
    const order = (accountId: string) => ({ message: "group-request", accountId, data: { membershipId } }) as const;
    await enqueueMails(tx, told.map(order));
    return;
  }
  const end = Math.ceil(Date.now() / gathering) * gathering;
  for (const accountId of told) {
    const once = { dedupe: `requests ${groupId} ${accountId} ${end / gathering}`, at: new Date(end) };
    await enqueueMail(tx, { message: "group-requests", accountId, data: { groupId }, ...once });
  }
}

/** A membership of the group, which the caller has locked, with the member's server. @throws Refusal not-found, already-decided. */
export async function membershipIn(tx: Transaction, groupId: string, id: string, state: "member" | "requested") {
  const [found] = await tx
    .select({ row: memberships, host: actors.host })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.memberId))
    .where(and(eq(memberships.groupId, groupId), eq(memberships.id, id)));
  if (!found?.row.memberId) throw new Refusal("not-found");
  const { row, host } = found;
  if (row.state !== state) throw new Refusal("already-decided");
  return { ...row, memberId: row.memberId!, role: row.role as GroupRole, host };
}

/** Tells somebody what their group decided about them: by mail, or by the server that they are on. */
export async function answerMember(tx: Transaction, { id, host }: { id: string; host: string | null }): Promise<void> {
  if (host) await enqueue(tx, "membership-out", { membershipId: id });
  else await enqueueMail(tx, { message: "group-answer", membershipId: id });
}

/**
 * Lets somebody in who asked, or not; they are told. The server of a group elsewhere is asked to.
 * @throws Refusal not-found, gone, already-decided, group-full, group-moved.
 */
export async function decideRequest(
  db: Db,
  viewer: Viewer,
  groupId: string,
  { id, accepted }: { id: string; accepted: boolean },
): Promise<Decided> {
  return transact(db, async (tx) => {
    const group = await lockGroup(tx, viewer, groupId, "decide", { anywhere: true });
    if (group.host !== null)
      return askAbout(tx, group, id, { kind: accepted ? "accepted" : "rejected", state: "requested" });
    const { actorId } = group;
    const { memberId, host } = await membershipIn(tx, groupId, id, "requested");
    if (accepted) await admit(tx, groupId, memberId);
    else
      await tx
        .update(memberships)
        .set({ state: "rejected", sentAway: true, message: "", updatedAt: sql`now()` })
        .where(eq(memberships.id, id));
    await writeLog(tx, { groupId, actorId, kind: accepted ? "accepted" : "rejected", memberId });
    await answerMember(tx, { id, host });
    return "done";
  });
}

/** Somebody of this server, who is not suspended, administers the group besides the members named. By `memberships_leaders`. @throws Refusal last-administrator. */
export async function expectAdministrator(tx: Transaction, groupId: string, without: string[]): Promise<void> {
  const [other] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(actors, and(eq(actors.id, memberships.memberId), isNull(actors.host), isNull(actors.suspendedAt)))
    .where(
      and(
        eq(memberships.groupId, groupId),
        member,
        eq(memberships.role, "administrator"),
        sql`${memberships.id} <> all(${sql.param(without)}::uuid[])`,
      ),
    )
    .limit(1);
  if (!other) throw new Refusal("last-administrator");
}

/**
 * Gives a member another role; of another server, it is told. The server of a group elsewhere is asked to.
 * @throws Refusal not-found, gone, already-decided, last-administrator.
 */
export async function changeRole(
  db: Db,
  viewer: Viewer,
  groupId: string,
  { id, role }: { id: string; role: GroupRole },
): Promise<Decided> {
  return transact(db, async (tx) => {
    const group = await lockGroup(tx, viewer, groupId, "promote", { anywhere: true });
    if (group.host !== null) return askAbout(tx, group, id, { kind: "role", state: "member", role });
    const { actorId } = group;
    const row = await membershipIn(tx, groupId, id, "member");
    if (row.role === role) return "done";
    if (row.role === "administrator") await expectAdministrator(tx, groupId, [id]);
    await tx.update(memberships).set({ role, updatedAt: sql`now()` }).where(eq(memberships.id, id));
    await writeLog(tx, { groupId, actorId, kind: "role", memberId: row.memberId, role });
    if (row.host) await answerMember(tx, row);
    return "done";
  });
}

/** Forgets requests and invitations that came to nothing, but not that the group has sent somebody away. Returns their ids. */
export async function forgetPending(tx: Transaction, which: SQL | undefined): Promise<string[]> {
  const id = { id: memberships.id };
  const gone = await tx
    .delete(memberships)
    .where(and(which, eq(memberships.sentAway, false)))
    .returning(id);
  const nothing = { message: "", tokenHash: null, expiresAt: null, invitedById: null };
  const known = await tx
    .update(memberships)
    .set({ ...nothing, state: "removed", updatedAt: sql`now()` })
    .where(which)
    .returning(id);
  return [...gone, ...known].map(({ id }) => id);
}

/** Lets one's name show on the group's page, or not. @throws Refusal not-found. */
export async function showMembership(
  db: Database,
  viewer: AccountViewer,
  groupId: string,
  shown: boolean,
): Promise<void> {
  const own = and(eq(memberships.groupId, groupId), inArray(memberships.memberId, viewer.actorIds), member);
  const rows = await db.update(memberships).set({ shown, updatedAt: sql`now()` }).where(own).returning();
  if (rows.length === 0) throw new Refusal("not-found");
}
