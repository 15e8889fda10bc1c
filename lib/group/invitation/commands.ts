import { and, eq, lt, sql } from "drizzle-orm";
import { type Database, type Db, schema, type Transaction, transact } from "#db/client.ts";
import { getAccountByEmail } from "#lib/account/queries.ts";
import { getActor } from "#lib/actor/queries.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";
import { spend } from "#lib/limits/commands.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { addressKey, canonicalAddress, isToken, linkToken, tokenHash } from "#lib/secrets.ts";
import { ownHost } from "#lib/urls.ts";
import { lockGroup } from "../commands.ts";
import { writeLog } from "../log/commands.ts";
import { admit } from "../membership/commands.ts";

const { memberships } = schema;

/** How many invitations of one group may wait for an answer. */
const most = 200;

const inHandle = /^@?([a-z0-9_]{1,30})(?:@([^@\s]+))?$/i;

/**
 * The profile or the address that an invitation is for.
 * @throws Refusal handle-unknown, member-elsewhere, email-invalid, too-many-requests.
 */
async function inviteeOf(tx: Transaction, who: string) {
  const [, handle, host] = (who.startsWith("@") || !who.includes("@") ? inHandle.exec(who) : null) ?? [];
  if (host && host.toLowerCase() !== ownHost()) throw new Refusal("member-elsewhere", { field: "who" });
  if (handle) {
    const actor = await getActor(tx, handle);
    if (!actor?.accountId || actor.suspendedAt) throw new Refusal("handle-unknown", { field: "who" });
    return { memberId: actor.id };
  }
  const canonical = canonicalAddress(who);
  if (!canonical) throw new Refusal("email-invalid", { field: "who" });
  const proven = (await getAccountByEmail(tx, canonical))?.confirmedAt != null;
  await spend(tx, proven ? "mail-proven" : "mail-unproven", canonical);
  return { email: who, emailKey: addressKey(canonical) };
}

/**
 * Asks somebody into a group, by mail; the link lives 14 days. Who has asked to come in is in. Returns the membership's
 * id; of an invitation that is the form's: sent twice, it is one.
 * @throws Refusal not-found, gone, handle-unknown, member-elsewhere, email-invalid, already-member, too-many-invited,
 * group-full, too-many-requests.
 */
export async function inviteMember(
  db: Database,
  viewer: AccountViewer,
  groupId: string,
  { who, language, formId }: { who: string; language: string; formId: string },
): Promise<string> {
  return transact(db, async (tx) => {
    const { actorId } = await lockGroup(tx, viewer, groupId, "invite");
    const ours = eq(memberships.groupId, groupId);
    const [same] = await tx
      .select()
      .from(memberships)
      .where(and(ours, eq(memberships.id, formId)));
    if (same) return same.id;
    await tx.delete(memberships).where(and(ours, lt(memberships.expiresAt, sql`now()`)));
    if ((await tx.$count(memberships, and(ours, eq(memberships.state, "invited")))) >= most)
      throw new Refusal("too-many-invited");
    await spend(tx, "invite", viewer.accountId);
    const invitee = await inviteeOf(tx, who);
    if (invitee.memberId) {
      const pair = and(ours, eq(memberships.memberId, invitee.memberId));
      const [known] = await tx.select().from(memberships).where(pair);
      if (known?.state === "member" || known?.state === "invited")
        throw new Refusal("already-member", { field: "who" });
      if (known?.state === "requested") {
        await admit(tx, groupId, invitee.memberId);
        await writeLog(tx, { groupId, actorId, kind: "accepted", memberId: invitee.memberId });
        await enqueueMail(tx, { message: "group-answer", membershipId: known.id });
        return known.id;
      }
      // Who has left, or was sent away, is asked anew, by another link.
      await tx.delete(memberships).where(pair);
    }
    const [made] = await tx
      .insert(memberships)
      .values({
        ...invitee,
        ...{ id: formId, groupId, language, state: "invited", invitedById: actorId },
        tokenHash: tokenHash(linkToken("membership", formId, 0)),
        expiresAt: sql`now() + interval '14 days'`,
      })
      .onConflictDoNothing()
      .returning({ id: memberships.id });
    if (!made) throw new Refusal("already-member", { field: "who" });
    await writeLog(tx, { groupId, actorId, kind: "invited", memberId: invitee.memberId });
    await enqueueMail(tx, { message: "group-invitation", membershipId: made.id });
    return made.id;
  });
}

/** A live invitation by its mailed token, with its group, both locked. @throws Refusal not-found, gone, already-decided. */
async function lockInvitation(tx: Transaction, token: string) {
  if (!isToken(token)) throw new Refusal("not-found");
  const live = and(eq(memberships.tokenHash, tokenHash(token)), sql`${memberships.expiresAt} > now()`);
  const [found] = await tx.select({ groupId: memberships.groupId }).from(memberships).where(live);
  if (!found) throw new Refusal("not-found");
  const group = await lockGroup(tx, { kind: "visitor" }, found.groupId, null);
  const [row] = await tx.select().from(memberships).where(live);
  if (!row) throw new Refusal("not-found");
  return { row, group };
}

/**
 * Comes into a group that one was invited to: as the profile that is named, or, where an address was invited, as the one
 * that acts. The address is forgotten. Returns the group's handle.
 * @throws Refusal not-found, gone, invitation-for-other, group-full.
 */
export async function acceptMembership(
  db: Database,
  viewer: AccountViewer,
  token: string,
  { shown }: { shown: boolean },
): Promise<string> {
  return transact(db, async (tx) => {
    const { row, group } = await lockInvitation(tx, token);
    const memberId = row.memberId ?? viewer.actorIds[0];
    if (!memberId || !viewer.actorIds.includes(memberId)) throw new Refusal("invitation-for-other");
    // What was sent to an address is answered; what the profile was to the group before goes on as a member.
    if (!row.memberId) await tx.delete(memberships).where(eq(memberships.id, row.id));
    const [before] = await tx
      .select({ state: memberships.state })
      .from(memberships)
      .where(and(eq(memberships.groupId, group.id), eq(memberships.memberId, memberId)));
    if (before?.state === "member") return group.handle;
    await admit(tx, group.id, memberId, shown);
    await writeLog(tx, { groupId: group.id, actorId: memberId, kind: "joined" });
    return group.handle;
  });
}

/** Declines an invitation: whoever has the link may, and nothing of it is kept. @throws Refusal not-found, gone. */
export async function declineMembership(db: Database, token: string): Promise<void> {
  await transact(db, async (tx) => {
    const { row, group } = await lockInvitation(tx, token);
    await tx.delete(memberships).where(eq(memberships.id, row.id));
    await writeLog(tx, { groupId: group.id, actorId: row.memberId, kind: "declined" });
  });
}

/** Takes an invitation back that nobody has answered. @throws Refusal not-found, gone. */
export async function withdrawMembership(
  db: Database,
  viewer: AccountViewer,
  groupId: string,
  id: string,
): Promise<void> {
  await transact(db, async (tx) => {
    const { actorId } = await lockGroup(tx, viewer, groupId, "invite");
    const [gone] = await tx
      .delete(memberships)
      .where(and(eq(memberships.groupId, groupId), eq(memberships.id, id), eq(memberships.state, "invited")))
      .returning({ memberId: memberships.memberId });
    if (!gone) throw new Refusal("not-found");
    await writeLog(tx, { groupId, actorId, kind: "withdrawn", memberId: gone.memberId });
  });
}

/** Erases invitations that nobody answered, with their addresses. By `memberships_expired`. */
export async function purgeMemberships(db: Db): Promise<void> {
  await db.delete(memberships).where(lt(memberships.expiresAt, sql`now()`));
}
