import { and, eq, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";
import type { AccountViewer, Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { hashPassword } from "../password.ts";
import { getAccountByEmail } from "../queries.ts";
import { closeSessions, type Doorstep, expectOwner, openSession, type Proof } from "../session/commands.ts";
import { expectActive, noteProven } from "../sign-in/commands.ts";
import { consumeToken, mailTokenOnRequest, withdrawTokens } from "../token/commands.ts";

const { accounts } = schema;

/** Mails a link to choose a new password, good for an hour; silence where there is no such account. */
export async function requestReset(db: Database, _viewer: Viewer, { email }: { email: string }): Promise<void> {
  await transact(db, async (tx) => {
    const account = await getAccountByEmail(tx, email);
    if (account?.state !== "active") return;
    const order = { accountId: account.id, email: account.email! };
    await mailTokenOnRequest(tx, { ...order, purpose: "reset", message: "reset-password" }, "mail-proven");
  });
}

/**
 * Sets a new password by a mailed link, once. Every session ends and every other link dies; a new session's token is
 * returned.
 * @throws Refusal not-found, already-decided, account-suspended
 */
export async function resetPassword(
  db: Database,
  token: string,
  { password }: { password: string },
  doorstep: Doorstep,
): Promise<string> {
  const passwordHash = await hashPassword(password);
  return transact(db, async (tx) => {
    const { accountId, email } = await consumeToken(tx, "reset", token);
    await expectActive(tx, accountId);
    await noteProven(tx, accountId, email);
    return setPassword(tx, accountId, passwordHash, { method: "mail", doorstep });
  });
}

/**
 * Changes one's own password, or sets the first one. Every session ends; a new one's token is returned.
 * @throws Refusal password-wrong, sign-in-again, changed-meanwhile
 */
export async function changePassword(
  db: Database,
  viewer: AccountViewer,
  { proof, password }: { proof: Proof; password: string },
  doorstep: Doorstep,
): Promise<string> {
  const before = await expectOwner(db, viewer, proof);
  const passwordHash = await hashPassword(password);
  return transact(db, async (tx) => {
    const now = await expectActive(tx, viewer.accountId);
    if (now.passwordHash !== before.passwordHash) throw new Refusal("changed-meanwhile");
    return setPassword(tx, viewer.accountId, passwordHash, { method: "password", doorstep });
  });
}

async function setPassword(
  tx: Transaction,
  accountId: string,
  passwordHash: string,
  { method, doorstep }: { method: "mail" | "password"; doorstep: Doorstep },
): Promise<string> {
  await tx
    .update(accounts)
    .set({ passwordHash })
    .where(and(eq(accounts.id, accountId), sql`${accounts.email} is not null`));
  await closeSessions(tx, accountId);
  await withdrawTokens(tx, accountId, ["sign-in", "reset"]);
  await enqueueMail(tx, { message: "account-notice", accountId, data: { notice: "password" } });
  return openSession(tx, accountId, method, doorstep);
}
