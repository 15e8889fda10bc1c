import { and, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import { type Database, type Db, schema, type Transaction, transact } from "#db/client.ts";
import { addresseeOf, expectInvited } from "#lib/account/address/commands.ts";
import { getActor } from "#lib/actor/queries.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";
import { spend } from "#lib/limits/commands.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { isToken, linkToken, tokenHash } from "#lib/secrets.ts";
import { lockEvent } from "../commands.ts";
import type { InvitationInput } from "./input.ts";

const { events, eventStaff } = schema;

/** Beyond which nobody knows any more who may do what. */
const most = 20;

const inHandle = /^@?[a-z0-9_]{1,30}$/i;

/** The profile or the address that an invitation is for. @throws Refusal handle-unknown, already-staff, email-invalid, too-many-requests. */
async function inviteeOf(tx: Transaction, viewer: AccountViewer, who: string) {
  if (inHandle.test(who)) {
    const actor = await getActor(tx, who);
    if (!actor?.accountId || actor.suspendedAt) throw new Refusal("handle-unknown", { field: "who" });
    if (actor.accountId === viewer.accountId) throw new Refusal("already-staff", { field: "who" });
    return { actorId: actor.id };
  }
  return addresseeOf(tx, who);
}

/**
 * Invites somebody to help with an event, by mail; the link lives 14 days. Returns the invitation's id, which is the
 * form's: sent twice, it is one.
 * @throws Refusal not-found, handle-unknown, email-invalid, already-staff, too-many-staff, too-many-requests.
 */
export async function inviteStaff(
  db: Database,
  viewer: AccountViewer,
  eventId: string,
  { who, role, language, formId }: InvitationInput & { language: string; formId: string },
): Promise<string> {
  return transact(db, async (tx) => {
    // Also one at a time: the event's row is locked.
    await lockEvent(tx, viewer, eventId, "staff");
    const mine = eq(eventStaff.eventId, eventId);
    const [same] = await tx
      .select()
      .from(eventStaff)
      .where(and(mine, eq(eventStaff.id, formId)));
    if (same) return same.id;
    await tx.delete(eventStaff).where(and(mine, lt(eventStaff.expiresAt, sql`now()`)));
    if ((await tx.$count(eventStaff, mine)) >= most) throw new Refusal("too-many-staff");
    await spend(tx, "invite", viewer.accountId);
    const [made] = await tx
      .insert(eventStaff)
      .values({
        ...(await inviteeOf(tx, viewer, who)),
        ...{ id: formId, eventId, role, language },
        tokenHash: tokenHash(linkToken("staff", formId, 0)),
        expiresAt: sql`now() + interval '14 days'`,
      })
      .onConflictDoNothing()
      .returning({ id: eventStaff.id });
    if (!made) throw new Refusal("already-staff", { field: "who" });
    await enqueueMail(tx, { message: "event-invitation", staffId: made.id });
    return made.id;
  });
}

/** A live invitation by its mailed token, locked. @throws Refusal not-found, already-decided. */
async function lockInvitation(tx: Transaction, token: string) {
  if (!isToken(token)) throw new Refusal("not-found");
  const [row] = await tx
    .select()
    .from(eventStaff)
    .where(and(eq(eventStaff.tokenHash, tokenHash(token)), sql`coalesce(${eventStaff.expiresAt} > now(), true)`))
    .for("update");
  if (!row) throw new Refusal("not-found");
  if (row.acceptedAt) throw new Refusal("already-decided");
  return row;
}

/**
 * Accepts an invitation as the profile that it names, or, where one's address was invited, as the one that acts.
 * The address is forgotten. Returns the event's id.
 * @throws Refusal not-found, already-decided, invitation-for-other, invitation-for-address, already-staff.
 */
export async function acceptInvitation(db: Database, viewer: AccountViewer, token: string): Promise<string> {
  return transact(db, async (tx) => {
    const { id, eventId, actorId: named, email } = await lockInvitation(tx, token);
    if (email) await expectInvited(tx, viewer, email);
    const actorId = named ?? viewer.actorIds[0];
    if (!actorId || !viewer.actorIds.includes(actorId)) throw new Refusal("invitation-for-other");
    // Of two invitations that one person accepts at once, the second waits here and finds the first.
    const [event] = await tx.select().from(events).where(eq(events.id, eventId)).for("update");
    const own = and(
      eq(eventStaff.eventId, eventId),
      inArray(eventStaff.actorId, viewer.actorIds),
      sql`${eventStaff.acceptedAt} is not null`,
    );
    if (viewer.actorIds.includes(event!.organizerId) || (await tx.$count(eventStaff, own)) > 0)
      throw new Refusal("already-staff");
    // Somebody who was invited by handle too has answered both.
    const other = and(eq(eventStaff.eventId, eventId), eq(eventStaff.actorId, actorId), sql`${eventStaff.id} <> ${id}`);
    await tx.delete(eventStaff).where(other);
    await tx
      .update(eventStaff)
      .set({ actorId, email: null, emailKey: null, expiresAt: null, acceptedAt: sql`now()` })
      .where(eq(eventStaff.id, id));
    return eventId;
  });
}

/** Declines an invitation: whoever has the link may, and nothing of it is kept. @throws Refusal not-found, already-decided. */
export async function declineInvitation(db: Database, token: string): Promise<void> {
  await transact(db, async (tx) => {
    const { id } = await lockInvitation(tx, token);
    await tx.delete(eventStaff).where(eq(eventStaff.id, id));
  });
}

/** Sends somebody away who helps with an event, or withdraws their invitation. @throws Refusal not-found. */
export async function removeStaff(db: Database, viewer: AccountViewer, eventId: string, id: string): Promise<void> {
  await transact(db, async (tx) => {
    await lockEvent(tx, viewer, eventId, "staff");
    const gone = await tx
      .delete(eventStaff)
      .where(and(eq(eventStaff.id, id), eq(eventStaff.eventId, eventId)))
      .returning({ id: eventStaff.id });
    if (gone.length === 0) throw new Refusal("not-found");
  });
}

/** Ends one's own help with an event. @throws Refusal not-found. */
export async function leaveStaff(db: Database, viewer: AccountViewer, eventId: string): Promise<void> {
  const gone = await db
    .delete(eventStaff)
    .where(
      and(
        eq(eventStaff.eventId, eventId),
        inArray(eventStaff.actorId, viewer.actorIds),
        sql`${eventStaff.acceptedAt} is not null`,
      ),
    )
    .returning({ id: eventStaff.id });
  if (gone.length === 0) throw new Refusal("not-found");
}

/** Erases invitations that nobody answered, with their addresses. By `event_staff_expired`. */
export async function purgeInvitations(db: Db): Promise<void> {
  await db.delete(eventStaff).where(and(lt(eventStaff.expiresAt, sql`now()`), isNull(eventStaff.acceptedAt)));
}
