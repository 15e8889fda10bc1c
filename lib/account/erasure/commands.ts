import { and, eq, inArray, isNull, lt, notExists, sql } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { enqueue, enqueueMail } from "#lib/jobs/enqueue.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { closeSessions, expectOwner, type Proof } from "../session/commands.ts";
import { withdrawTokens } from "../token/commands.ts";

const { accountTokens, accounts, actors, identities, mails, notificationChoices, sessions, signUps } = schema;

/**
 * Closes one's account for good: nobody is signed in from now on, and a job ends what it had begun. The address goes
 * within the day, once the mail that says so is out.
 * @throws Refusal handle-differs, password-wrong, sign-in-again
 */
export async function deleteAccount(
  db: Database,
  viewer: AccountViewer,
  { proof, handle }: { proof: Proof; handle: string },
): Promise<void> {
  const typed = handle.trim().replace(/^@/, "").toLowerCase();
  const [own] = await db
    .select({ handle: actors.handle })
    .from(actors)
    .where(and(eq(actors.accountId, viewer.accountId), eq(actors.handle, typed), isNull(actors.deletedAt)));
  if (!own) throw new Refusal("handle-differs", { field: "handle" });
  await expectOwner(db, viewer, proof);
  const { accountId } = viewer;
  await transact(db, async (tx) => {
    const [row] = await tx
      .update(accounts)
      .set({ state: "leaving", passwordHash: null, calendarHash: null, deletedAt: sql`now()` })
      .where(and(eq(accounts.id, accountId), eq(accounts.state, "active")))
      .returning({ id: accounts.id });
    if (!row) throw new Refusal("already-decided");
    await closeSessions(tx, accountId);
    await withdrawTokens(tx, accountId, ["sign-in", "reset", "address", "address-undo"]);
    await enqueueMail(tx, { message: "account-deleted", accountId });
    await enqueue(tx, "account-left", { accountId });
  });
}

/**
 * Erases who has left (an hour after, when nothing of theirs is open any more) and who was refused (two days after):
 * address, zone, town, links, identities, mails. The row stays, empty, so that what referred to it holds.
 * By `accounts_going`, `sign_ups_address`.
 */
export async function eraseAccounts(db: Database): Promise<void> {
  await transact(db, async (tx) => {
    const open = tx
      .select({ id: actors.id })
      .from(actors)
      .where(and(eq(actors.accountId, accounts.id), isNull(actors.deletedAt)));
    const left = and(
      eq(accounts.state, "leaving"),
      lt(accounts.deletedAt, sql`now() - interval '1 hour'`),
      notExists(open),
    );
    const refused = and(eq(accounts.state, "rejected"), lt(accounts.deletedAt, sql`now() - interval '2 days'`));
    const gone = await tx
      .select({ id: accounts.id, email: accounts.email, state: accounts.state })
      .from(accounts)
      .where(sql`(${left}) or (${refused})`)
      .limit(500)
      .for("update", { skipLocked: true });
    if (gone.length === 0) return;
    const ids = gone.map(({ id }) => id);
    const addresses = gone.flatMap(({ email }) => (email ? [email] : []));
    if (addresses.length > 0) await tx.delete(signUps).where(inArray(signUps.email, addresses));
    for (const table of [mails, sessions, accountTokens, identities, notificationChoices])
      await tx.delete(table).where(inArray(table.accountId, ids));
    // Who was refused was never seen by anybody: their handle is free again.
    const never = gone.filter(({ state }) => state === "rejected").map(({ id }) => id);
    if (never.length > 0) await tx.delete(actors).where(inArray(actors.accountId, never));
    await tx.update(actors).set({ accountId: null }).where(inArray(actors.accountId, ids));
    await tx
      .update(accounts)
      .set({
        state: "deleted",
        email: null,
        passwordHash: null,
        language: "en",
        timezone: "UTC",
        defaultActorId: null,
        homeTown: null,
        homeLatitude: null,
        homeLongitude: null,
        application: "",
        calendarHash: null,
      })
      .where(inArray(accounts.id, ids));
  });
}
