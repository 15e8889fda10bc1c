import { and, eq, isNull, sql } from "drizzle-orm";
import { type Database, schema, sqlState, type Transaction, transact } from "#db/client.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";
import { spend, trySpend } from "#lib/limits/commands.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { addressKey, canonicalAddress } from "#lib/secrets.ts";
import { getAccountByEmail } from "../queries.ts";
import { closeSessions, type Doorstep, expectOwner, openSession, type Proof } from "../session/commands.ts";
import { expectActive } from "../sign-in/commands.ts";
import { consumeToken, mailToken, mailTokenOnRequest, withdrawTokens } from "../token/commands.ts";
import { getProvenAddress, isSameAddress } from "./queries.ts";

const { accounts, actors, identities, participations } = schema;

/**
 * Asks for another address: it gets a mail with a button, and nothing changes before that is pressed. Where the address
 * is somebody's here, its owner is told instead; the one who asks cannot tell. One's own, unconfirmed: the mail again.
 * @throws Refusal password-wrong, sign-in-again, state-unchanged, email-invalid
 */
export async function requestAddress(
  db: Database,
  viewer: AccountViewer,
  { email, proof }: { email: string; proof: Proof },
): Promise<void> {
  const address = canonicalAddress(email);
  if (!address) throw new Refusal("email-invalid", { field: "email" });
  const account = await expectOwner(db, viewer, proof);
  if (address === account.email && account.confirmedAt) throw new Refusal("state-unchanged", { field: "email" });
  await transact(db, (tx) => ask(tx, viewer.accountId, address));
}

/** Mails the button for an address to it. For an account's own address: the proof that mail reaches it. */
export async function ask(tx: Transaction, accountId: string, address: string): Promise<void> {
  await withdrawTokens(tx, accountId, ["address"]);
  const owner = await getAccountByEmail(tx, address);
  if (owner && owner.id !== accountId) {
    if ((await trySpend(tx, "mail-proven", address)) === 0)
      await enqueueMail(tx, { message: "address-known", accountId: owner.id });
    return;
  }
  const order = { accountId, purpose: "address", message: "confirm-address", email: address } as const;
  await mailTokenOnRequest(tx, order, "mail-unproven");
}

/**
 * Makes the address that a link was mailed to the account's. Both addresses are told, and the old one can undo it for
 * 48 hours. Every session ends; a new one's token is returned, for the mailbox has just proved whose it is.
 * @throws Refusal not-found, already-decided, email-taken, account-suspended
 */
export async function confirmAddress(db: Database, token: string, doorstep: Doorstep): Promise<string> {
  return transact(db, async (tx) => {
    const { accountId, email } = await consumeToken(tx, "address", token);
    const { email: old } = await expectActive(tx, accountId);
    await setAddress(tx, accountId, email);
    if (old !== email) {
      await closeSessions(tx, accountId);
      await withdrawTokens(tx, accountId, ["sign-in", "reset"]);
      await mailToken(tx, { accountId, purpose: "address-undo", message: "address-changed", email: old! });
      await enqueueMail(tx, { message: "account-notice", accountId, data: { notice: "address" } });
    }
    return openSession(tx, accountId, "mail", doorstep);
  });
}

/**
 * Gives an account its former address back, by the link mailed there. Whoever changed it may know the password and may
 * have connected an identity: both go, every session ends, and only this mailbox gets a new one.
 * @throws Refusal not-found, already-decided, email-taken, account-suspended
 */
export async function undoAddress(db: Database, token: string, doorstep: Doorstep): Promise<string> {
  return transact(db, async (tx) => {
    const { accountId, email } = await consumeToken(tx, "address-undo", token);
    await expectActive(tx, accountId);
    await setAddress(tx, accountId, email);
    await tx.update(accounts).set({ passwordHash: null }).where(eq(accounts.id, accountId));
    await tx.delete(identities).where(eq(identities.accountId, accountId));
    await closeSessions(tx, accountId);
    await withdrawTokens(tx, accountId, ["sign-in", "reset", "address", "address-undo"]);
    await enqueueMail(tx, { message: "account-notice", accountId, data: { notice: "address-restored" } });
    return openSession(tx, accountId, "mail", doorstep);
  });
}

/** The former address no longer stands for the account's participations: it may be somebody else's. */
async function setAddress(tx: Transaction, accountId: string, email: string): Promise<void> {
  const mine = sql`${participations.actorId} in (select a.id from ${actors} a where a.account_id = ${accountId})`;
  await tx
    .update(participations)
    .set({ emailKey: null })
    .where(and(mine, isNull(participations.email)));
  try {
    await tx.update(accounts).set({ email, confirmedAt: sql`now()` }).where(eq(accounts.id, accountId));
  } catch (error) {
    if (sqlState(error) === "23505") throw new Refusal("email-taken");
    throw error;
  }
}

/**
 * Whom somebody would write to who typed an address, as the row of an invitation keeps it; within what may be sent there.
 * @throws Refusal email-invalid (field who), too-many-requests.
 */
export async function addresseeOf(tx: Transaction, who: string): Promise<{ email: string; emailKey: Buffer }> {
  const canonical = canonicalAddress(who);
  if (!canonical) throw new Refusal("email-invalid", { field: "who" });
  const proven = (await getAccountByEmail(tx, canonical))?.confirmedAt != null;
  await spend(tx, proven ? "mail-proven" : "mail-unproven", canonical);
  return { email: who, emailKey: addressKey(canonical) };
}

/**
 * An invitation that went to an address is for whoever has proven it: a link that was passed on lets in nobody else, and
 * least of all somebody who was sent away. @throws Refusal invitation-for-address.
 */
export async function expectInvited(tx: Transaction, { accountId }: AccountViewer, invited: string): Promise<void> {
  const own = await getProvenAddress(tx, accountId);
  if (!own || !isSameAddress(invited, own)) throw new Refusal("invitation-for-address");
}
