import { and, eq, getTableColumns, inArray, isNull, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { createActor } from "#lib/actor/commands.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { spend } from "#lib/limits/commands.ts";
import { type GroupRight, groupMemberOf, groupRoleOf, mayIn, takesNew } from "#lib/policy/group.ts";
import type { AccountViewer, Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import type { GroupInput, NewGroupInput } from "./input.ts";
import { writeLog } from "./log/commands.ts";

const { accounts, actors, memberships } = schema;

/** The pictures of a group in our storage; null: none. */
type Pictured = { iconId?: string | null; imageId?: string | null };

/** Of how many groups one account may be an administrator. */
const mostGroups = 50;

/** The profile that acts, one of the viewer's own, or the first of them. @throws Refusal forbidden. */
export function actingAs(viewer: AccountViewer, chosen?: string): string {
  const actorId = chosen ?? viewer.actorIds[0];
  if (!actorId || !viewer.actorIds.includes(actorId)) throw new Refusal("forbidden");
  return actorId;
}

/** Something new is to begin in a group. @throws Refusal group-moved. */
export function expectHere(group: { movedTo: string | null }): void {
  if (!takesNew(group)) throw new Refusal("group-moved");
}

/**
 * A group of this server, or with `anywhere` also of another, locked until the transaction ends, so that its members change
 * one at a time; with what the viewer is there (`role`) and as which profile (`actorId`), read under the lock. `anew`:
 * something begins there.
 * @throws Refusal not-found, also for who has not this right there; gone; group-moved.
 */
export async function lockGroup(
  tx: Transaction,
  viewer: Viewer,
  id: string,
  right: GroupRight | null,
  { anywhere = false, anew = false } = {},
) {
  const here = and(eq(actors.id, id), eq(actors.type, "Group"), anywhere ? undefined : isNull(actors.host));
  await tx.select({ id: actors.id }).from(actors).where(here).for("no key update");
  const [group] = await tx
    .select({ ...getTableColumns(actors), role: groupRoleOf(viewer), actorId: groupMemberOf(viewer) })
    .from(actors)
    .where(here);
  if (!group) throw new Refusal("not-found");
  if (group.deletedAt || group.suspendedAt) throw new Refusal("gone");
  if (right && !mayIn(group, right)) throw new Refusal("not-found");
  if (anew) expectHere(group);
  return group;
}

/**
 * Founds a group; who does is its first administrator. `formId` is the form's, so that a double click founds one.
 * Returns the group's id.
 * @throws Refusal forbidden, handle-taken, too-many-groups, too-many-requests.
 */
export async function foundGroup(
  db: Database,
  viewer: AccountViewer,
  {
    as,
    formId,
    tone,
    membersShown,
    membersOrganise,
    approvesFollowers,
    visibility,
    imageId,
    locality,
    ...input
  }: NewGroupInput & Pictured & { as?: string; formId: string },
): Promise<string> {
  const founder = actingAs(viewer, as);
  return transact(db, async (tx) => {
    // One at a time: the second click finds the group of the first.
    await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, viewer.accountId)).for("update");
    const [same] = await tx
      .select({ id: memberships.id })
      .from(memberships)
      .where(and(eq(memberships.groupId, formId), eq(memberships.memberId, founder)));
    if (same) return formId;
    const led = and(
      inArray(memberships.memberId, viewer.actorIds),
      eq(memberships.state, "member"),
      eq(memberships.role, "administrator"),
    );
    if ((await tx.$count(memberships, led)) >= mostGroups) throw new Refusal("too-many-groups");
    await spend(tx, "new-group", viewer.accountId);
    const operator = { kind: "operator" } as const;
    await createActor(tx, operator, { ...input, id: formId, type: "Group", tone: tone ?? undefined });
    const rules = { membersShown, membersOrganise, approvesFollowers, visibility, imageId, locality: locality || null };
    await tx.update(actors).set(rules).where(eq(actors.id, formId));
    const first = { groupId: formId, memberId: founder, role: "administrator", state: "member", shown: membersShown };
    await tx.insert(memberships).values({ ...first, id: newId(), joinedAt: sql`now()` });
    await writeLog(tx, { groupId: formId, actorId: founder, kind: "founded" });
    return formId;
  });
}

/** Changes what a group says of itself, and its rules. @throws Refusal not-found, gone. */
export async function updateGroup(
  db: Database,
  viewer: Viewer,
  id: string,
  { name, locality, ...change }: GroupInput & Pictured,
): Promise<void> {
  await transact(db, async (tx) => {
    const { handle, actorId } = await lockGroup(tx, viewer, id, "settings");
    await tx
      .update(actors)
      .set({ ...change, name: name || handle, locality: locality || null, updatedAt: sql`now()` })
      .where(eq(actors.id, id));
    await writeLog(tx, { groupId: id, actorId, kind: "settings" });
    await enqueue(tx, "actor-out", { actorId: id });
  });
}

/** Marks a group as gone, under its lock; what follows is the job's. */
export async function endGroup(tx: Transaction, id: string): Promise<void> {
  await tx
    .update(actors)
    .set({
      ...{ summary: "", locality: null, iconId: null, imageId: null },
      deletedAt: sql`now()`,
      updatedAt: sql`now()`,
    })
    .where(eq(actors.id, id));
  await enqueue(tx, "group-closed", { groupId: id });
  await enqueue(tx, "actor-out", { actorId: id });
}

/** A group's handle was typed to show that something is meant. @throws Refusal handle-differs. */
export function expectHandle({ handle }: { handle: string }, typed: string): void {
  if (typed.trim().replace(/^@/, "").toLowerCase() !== handle) throw new Refusal("handle-differs", { field: "handle" });
}

/**
 * Closes a group for good. Its page says so from now on (410); a job takes its events away, with a mail to those who take
 * part, tells its members, and forgets them. `handle` is typed to show that it is meant.
 * @throws Refusal not-found, gone, handle-differs.
 */
export async function closeGroup(db: Database, viewer: Viewer, id: string, handle: string): Promise<void> {
  await transact(db, async (tx) => {
    expectHandle(await lockGroup(tx, viewer, id, "close"), handle);
    await endGroup(tx, id);
  });
}
