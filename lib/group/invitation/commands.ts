import { and, eq, exists, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { type Database, type Db, schema, type Transaction, transact } from "#db/client.ts";
import { addresseeOf, expectInvited } from "#lib/account/address/commands.ts";
import { getActor } from "#lib/actor/queries.ts";
import { newId } from "#lib/ids.ts";
import { enqueue, enqueueMail } from "#lib/jobs/enqueue.ts";
import { spend } from "#lib/limits/commands.ts";
import type { AccountViewer, Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { isToken, linkToken, tokenHash } from "#lib/secrets.ts";
import { absolute, ownHost } from "#lib/urls.ts";
import { askAway, type Decided } from "../ask/commands.ts";
import { acceptAway, declineAway, lockAway } from "../away/commands.ts";
import { lockGroup } from "../commands.ts";
import { writeLog } from "../log/commands.ts";
import { admit, answerMember, forgetPending } from "../membership/commands.ts";
import { askAbout } from "../roster/commands.ts";

const { actors, memberships } = schema;

/** How many invitations of one group may wait for an answer. */
const most = 200;

const inHandle = /^@?([a-z0-9_]{1,30})(?:@([^@\s]+))?$/i;
const elsewhere = /^@([\w.-]{1,64}@[^\s@/]{3,255})$/;

/** Whom of another server somebody means who typed this: `name@host`; null for a handle here, and for a mail address. */
export function handleElsewhere(who: string): string | null {
  const [, named] = elsewhere.exec(who.toLowerCase()) ?? [];
  return named && named.split("@")[1] !== ownHost() ? named : null;
}

/** A handle that was typed, with its server if that was named; null for a mail address. */
const asHandle = (who: string) => (who.startsWith("@") || !who.includes("@") ? inHandle.exec(who) : null);

/** Whom to ask in: as typed; or a profile, also of another server, which the door has looked for. */
export type Invitee = string | { actorId: string };
type Found =
  | { memberId: string; host: string | null }
  | { memberId?: undefined; host?: undefined; email: string; emailKey: Buffer };

/**
 * The profile or the address that an invitation is for.
 * @throws Refusal handle-unknown, address-unknown-there, email-invalid, too-many-requests.
 */
async function inviteeOf(tx: Transaction, who: Invitee): Promise<Found> {
  if (typeof who !== "string") {
    const [actor] = await tx.select().from(actors).where(eq(actors.id, who.actorId));
    const reached = actor?.host ? actor.inbox : actor?.accountId;
    if (actor?.type !== "Person" || !reached || actor.deletedAt || actor.suspendedAt)
      throw new Refusal("address-unknown-there", { field: "who" });
    return { memberId: actor.id, host: actor.host };
  }
  const [, handle, host] = asHandle(who) ?? [];
  if (handle) {
    const actor = host && host.toLowerCase() !== ownHost() ? null : await getActor(tx, handle);
    if (!actor?.accountId || actor.suspendedAt) throw new Refusal("handle-unknown", { field: "who" });
    return { memberId: actor.id, host: null };
  }
  return addresseeOf(tx, who);
}

/** Who may ask somebody in: also a member on another server. */
type Inviter = AccountViewer | Extract<Viewer, { kind: "remote" }>;

/**
 * Asks somebody into a group, by mail or on their own server; for 14 days. Who has asked to come in is in. Returns the
 * membership's id; of an invitation that is the form's: sent twice, it is one. The server of a group elsewhere is asked to
 * invite them, by their handle.
 * @throws Refusal not-found, gone, handle-unknown, address-unknown-there, email-invalid, invited-by-handle, already-member,
 * too-many-invited, group-full, group-moved, too-many-requests.
 */
export async function inviteMember(
  db: Db,
  viewer: Inviter,
  groupId: string,
  { who, language, formId }: { who: Invitee; language: string; formId: string },
): Promise<string> {
  return transact(db, async (tx) => {
    const group = await lockGroup(tx, viewer, groupId, "invite", { anywhere: true, anew: true });
    if (group.host !== null && viewer.kind === "account")
      return inviteAway(tx, group, { who, formId, payer: viewer.accountId });
    const { actorId } = group;
    const ours = eq(memberships.groupId, groupId);
    const [same] = await tx
      .select()
      .from(memberships)
      .where(and(ours, eq(memberships.id, formId)));
    if (same) return same.id;
    await forgetPending(tx, and(ours, isNull(memberships.uri), lt(memberships.expiresAt, sql`now()`)));
    if ((await tx.$count(memberships, and(ours, eq(memberships.state, "invited")))) >= most)
      throw new Refusal("too-many-invited");
    await spend(tx, "invite", viewer.kind === "account" ? viewer.accountId : viewer.actorId);
    const invitee = await inviteeOf(tx, who);
    let sentAway = false;
    if (invitee.memberId) {
      const pair = and(ours, eq(memberships.memberId, invitee.memberId));
      const [known] = await tx.select().from(memberships).where(pair);
      if (known?.state === "member" || known?.state === "invited")
        throw new Refusal("already-member", { field: "who" });
      if (known?.state === "requested") {
        await admit(tx, groupId, invitee.memberId);
        await writeLog(tx, { groupId, actorId, kind: "accepted", memberId: invitee.memberId });
        await answerMember(tx, { id: known.id, host: invitee.host });
        return known.id;
      }
      // Who has left, or was sent away, is asked anew, by another link.
      sentAway = known?.sentAway ?? false;
      await tx.delete(memberships).where(pair);
    }
    const { host, ...whom } = invitee;
    const [made] = await tx
      .insert(memberships)
      .values({
        ...whom,
        sentAway,
        uri: host ? absolute(`/activities/${newId()}`) : null,
        ...{ id: formId, groupId, language, state: "invited", invitedById: actorId },
        tokenHash: tokenHash(linkToken("membership", formId, 0)),
        expiresAt: sql`now() + interval '14 days'`,
      })
      .onConflictDoNothing()
      .returning({ id: memberships.id });
    if (!made) throw new Refusal("already-member", { field: "who" });
    await writeLog(tx, { groupId, actorId, kind: "invited", memberId: invitee.memberId });
    if (host) await enqueue(tx, "membership-out", { membershipId: made.id });
    else await enqueueMail(tx, { message: "group-invitation", membershipId: made.id });
    return made.id;
  });
}

type Away = { who: Invitee; formId: string; payer: string };

/** Asks the server of a group to invite somebody, who is told of it by that server. Returns the ask's id, the form's. */
async function inviteAway(
  tx: Transaction,
  { id: groupId, actorId }: { id: string; actorId: string | null },
  { who, formId, payer }: Away,
): Promise<string> {
  await spend(tx, "invite", payer);
  const found = typeof who === "string" && !asHandle(who) ? null : await inviteeOf(tx, who);
  const [invited] = found?.memberId ? await tx.select().from(actors).where(eq(actors.id, found.memberId)) : [];
  if (!invited) throw new Refusal("invited-by-handle", { field: "who" });
  const object = { id: invited.id, name: `${invited.handle}@${invited.host ?? ownHost()}` };
  await askAway(tx, { groupId, actorId, kind: "invited", memberId: invited.id, object }, formId);
  return formId;
}

/** A live invitation by its token, with its group, of this server or another, both locked. @throws Refusal not-found, gone. */
async function lockInvitation(tx: Transaction, token: string) {
  if (!isToken(token)) throw new Refusal("not-found");
  const live = and(eq(memberships.tokenHash, tokenHash(token)), sql`${memberships.expiresAt} > now()`);
  const [found] = await tx
    .select({ groupId: memberships.groupId, host: actors.host })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.groupId))
    .where(live);
  if (!found) throw new Refusal("not-found");
  const { groupId, host } = found;
  const group = host ? await lockAway(tx, groupId) : await lockGroup(tx, { kind: "visitor" }, groupId, null);
  const [row] = await tx.select().from(memberships).where(live);
  if (!row) throw new Refusal("not-found");
  return { row, group };
}

/**
 * Comes into a group that one was invited to: as the profile that is named, or, where one's address was invited, as the
 * one that acts. The address is forgotten. Returns where the group is.
 * @throws Refusal not-found, gone, invitation-for-other, invitation-for-address, group-full, group-moved.
 */
export async function acceptMembership(
  db: Database,
  viewer: AccountViewer,
  token: string,
  { shown }: { shown: boolean },
): Promise<{ handle: string; host: string | null }> {
  return transact(db, async (tx) => {
    const { row, group } = await lockInvitation(tx, token);
    const where = { handle: group.handle, host: group.host };
    if (row.email) await expectInvited(tx, viewer, row.email);
    const memberId = row.memberId ?? viewer.actorIds[0];
    if (!memberId || !viewer.actorIds.includes(memberId)) throw new Refusal("invitation-for-other");
    if (group.host) {
      await acceptAway(tx, row.id);
      return where;
    }
    // What was sent to an address is answered; what the profile was to the group before goes on as a member.
    if (!row.memberId) await tx.delete(memberships).where(eq(memberships.id, row.id));
    const [before] = await tx
      .select({ state: memberships.state })
      .from(memberships)
      .where(and(eq(memberships.groupId, group.id), eq(memberships.memberId, memberId)));
    if (before?.state === "member") return where;
    await admit(tx, group.id, memberId, shown);
    await writeLog(tx, { groupId: group.id, actorId: memberId, kind: "joined" });
    return where;
  });
}

/** Declines an invitation: whoever has the link may, and nothing of it is kept. @throws Refusal not-found, gone. */
export async function declineMembership(db: Database, token: string): Promise<void> {
  await transact(db, async (tx) => {
    const { row, group } = await lockInvitation(tx, token);
    if (group.host) return declineAway(tx, row.id);
    await forgetPending(tx, eq(memberships.id, row.id));
    await writeLog(tx, { groupId: group.id, actorId: row.memberId, kind: "declined" });
  });
}

/** What is left of an invitation of ours, also of one that was answered too late, until the other server was told that it is no more. */
export const takenBack = { state: "rejected", tokenHash: null, expiresAt: null, updatedAt: sql`now()` };

/**
 * Takes an invitation back that nobody has answered; another server is told. The server of a group elsewhere is asked to.
 * @throws Refusal not-found, gone, already-decided.
 */
export async function withdrawMembership(db: Db, viewer: Viewer, groupId: string, id: string): Promise<Decided> {
  return transact(db, async (tx) => {
    const group = await lockGroup(tx, viewer, groupId, "invite", { anywhere: true });
    if (group.host !== null) return askAbout(tx, group, id, { kind: "withdrawn", state: "invited" });
    const { actorId } = group;
    const open = and(eq(memberships.groupId, groupId), eq(memberships.id, id), eq(memberships.state, "invited"));
    const [row] = await tx.select().from(memberships).where(open);
    if (!row) throw new Refusal("not-found");
    // What another server was sent is taken back there, and forgotten then.
    if (row.uri) {
      await tx.update(memberships).set(takenBack).where(open);
      await enqueue(tx, "membership-out", { membershipId: id });
    } else await forgetPending(tx, open);
    await writeLog(tx, { groupId, actorId, kind: "withdrawn", memberId: row.memberId });
    return "done";
  });
}

/** Erases invitations that nobody answered, with their addresses; another server is told of its own. By `memberships_expired`. */
export async function purgeMemberships(db: Db): Promise<void> {
  const over = lt(memberships.expiresAt, sql`now()`);
  await transact(db, async (tx) => {
    const sent = tx
      .select({ id: actors.id })
      .from(actors)
      .where(and(eq(actors.id, memberships.groupId), isNull(actors.host)));
    const lapsed = await tx
      .update(memberships)
      .set(takenBack)
      .where(and(over, isNotNull(memberships.uri), exists(sent)))
      .returning({ id: memberships.id });
    for (const { id } of lapsed) await enqueue(tx, "membership-out", { membershipId: id });
    await forgetPending(tx, over);
  });
}
