import { and, asc, desc, eq, getTableColumns, inArray, isNotNull, isNull, ne, or, sql } from "drizzle-orm";
import { type Database, type Db, schema, type Transaction, transact } from "#db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { outranks } from "#lib/policy/group.ts";
import { type AccountViewer, operator, type Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import type { Decided } from "../ask/commands.ts";
import { quitAway } from "../away/commands.ts";
import { endGroup, lockGroup } from "../commands.ts";
import { writeLog } from "../log/commands.ts";
import { answerMember, expectAdministrator, forgetPending, membershipIn } from "../membership/commands.ts";
import { askAbout } from "../roster/commands.ts";

const { actors, eventContacts, events, memberships, transfers } = schema;

/**
 * Ends memberships under the group's lock, and takes the people's names off the group's events; their places at what is for
 * some alone are given back.
 */
async function part(
  tx: Transaction,
  groupId: string,
  rows: { id: string; memberId: string }[],
  state: "left" | "removed",
) {
  const change = { state, sentAway: state === "removed", role: "member", shown: false, updatedAt: sql`now()` };
  const ids = rows.map(({ id }) => id);
  await tx.update(memberships).set(change).where(inArray(memberships.id, ids));
  const theirs = tx.select({ id: events.id }).from(events).where(eq(events.organizerId, groupId));
  const people = rows.map(({ memberId }) => memberId);
  await tx
    .delete(eventContacts)
    .where(and(inArray(eventContacts.actorId, people), inArray(eventContacts.eventId, theirs)));
  for (const memberId of people) await enqueue(tx, "circle-left", { organizerId: groupId, actorId: memberId });
}

/**
 * Sends a member away who has less of a role; they are told, and come back by asking or by invitation alone. The server of a
 * group elsewhere is asked to.
 * @throws Refusal not-found, also for an equal; gone, already-decided.
 */
export async function removeMember(db: Db, viewer: Viewer, groupId: string, id: string): Promise<Decided> {
  return transact(db, async (tx) => {
    const group = await lockGroup(tx, viewer, groupId, "remove", { anywhere: true });
    const { role, actorId } = group;
    if (group.host !== null)
      return askAbout(tx, group, id, { kind: "removed", state: "member", may: (other) => outranks(role, other) });
    const row = await membershipIn(tx, groupId, id, "member");
    if (!outranks(role, row.role)) throw new Refusal("not-found");
    await part(tx, groupId, [row], "removed");
    await writeLog(tx, { groupId, actorId, kind: "removed", memberId: row.memberId });
    await answerMember(tx, row);
    return "done";
  });
}

/** Ends memberships of those who go by themselves, under the group's lock. @throws Refusal last-administrator. */
export async function partWith(
  tx: Transaction,
  groupId: string,
  rows: { id: string; memberId: string; role: string }[],
): Promise<void> {
  const ids = rows.map(({ id }) => id);
  if (rows.some(({ role }) => role === "administrator")) await expectAdministrator(tx, groupId, ids);
  await part(tx, groupId, rows, "left");
  for (const { memberId } of rows) await writeLog(tx, { groupId, actorId: memberId, kind: "left" });
}

/**
 * Leaves a group with every profile, or takes back the wish to come in.
 * @throws Refusal not-found, gone, last-administrator.
 */
export async function leaveGroup(db: Database, viewer: AccountViewer, groupId: string): Promise<void> {
  await transact(db, async (tx) => {
    await lockGroup(tx, viewer, groupId, null);
    const own = and(eq(memberships.groupId, groupId), inArray(memberships.memberId, viewer.actorIds));
    const gone = await forgetPending(tx, and(own, eq(memberships.state, "requested")));
    const rows = (
      await tx
        .select()
        .from(memberships)
        .where(and(own, eq(memberships.state, "member")))
    ).map((row) => ({
      ...row,
      memberId: row.memberId!,
    }));
    if (rows.length === 0 && gone.length === 0) throw new Refusal("not-found");
    if (rows.length > 0) await partWith(tx, groupId, rows);
  });
}

/** Whoever looks after a group next: the moderator of longest standing, else the member; of this server. By `memberships_list`. */
async function heirOf(tx: Transaction, groupId: string, leaving: string) {
  const [heir] = await tx
    .select({ id: memberships.id, memberId: memberships.memberId, role: memberships.role })
    .from(memberships)
    .innerJoin(actors, and(eq(actors.id, memberships.memberId), isNull(actors.host), isNotNull(actors.accountId)))
    .where(and(eq(memberships.groupId, groupId), eq(memberships.state, "member"), ne(memberships.memberId, leaving)))
    .orderBy(
      // Who is suspended cannot look after it.
      desc(sql`${actors.suspendedAt} is null`),
      desc(sql`${memberships.role} = 'administrator'`),
      desc(sql`${memberships.role} = 'moderator'`),
      asc(memberships.joinedAt),
      asc(memberships.id),
    )
    .limit(1);
  return heir ?? null;
}

/**
 * Takes somebody out of all groups whose profile goes, of this server or another. Who was the last administrator leaves the group to its moderator of
 * longest standing, or else its member; a group that nobody is left in is closed. May run twice.
 */
export async function departFromGroups(db: Db, actorId: string): Promise<void> {
  // By primary key, `transfers_group`.
  await db.delete(transfers).where(or(eq(transfers.actorId, actorId), eq(transfers.groupId, actorId)));
  // By `event_contacts_actor`.
  await db.delete(eventContacts).where(eq(eventContacts.actorId, actorId));
  const own = await db
    .select({ ...getTableColumns(memberships), host: actors.host })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.groupId))
    .where(eq(memberships.memberId, actorId));
  for (const { id, groupId, state, role, host } of own)
    await transact(db, async (tx) => {
      if (host) return quitAway(tx, { id, state });
      const group = await lockGroup(tx, operator, groupId, null).catch((error: unknown) => {
        if (error instanceof Refusal) return null;
        throw error;
      });
      await tx.delete(memberships).where(eq(memberships.id, id));
      if (!group || state !== "member") return;
      await writeLog(tx, { groupId, actorId: null, kind: "left" });
      if (role !== "administrator") return;
      const heir = await heirOf(tx, groupId, actorId);
      if (!heir) return endGroup(tx, groupId);
      if (heir.role === "administrator") return;
      await tx
        .update(memberships)
        .set({ role: "administrator", updatedAt: sql`now()` })
        .where(eq(memberships.id, heir.id));
      await writeLog(tx, { groupId, actorId: null, kind: "role", memberId: heir.memberId, role: "administrator" });
    });
}
