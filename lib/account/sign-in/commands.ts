import { and, eq, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { giveBack, spend } from "#lib/limits/commands.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { passwordIs } from "../password.ts";
import { getAccountByEmail } from "../queries.ts";
import { type Doorstep, openSession } from "../session/commands.ts";
import { consumeToken, mailTokenOnRequest } from "../token/commands.ts";

const { accounts, identities } = schema;

type Attempt = { email: string; password: string; client: string };

/**
 * Signs in by password and returns the session's token. Tries are counted for the address, the network and the server
 * before anything is compared, and those that were right are given back; a mailed link is not counted with them.
 * @throws Refusal sign-in-failed (the same whatever is known), account-awaiting, account-suspended, too-many-requests
 */
export async function signInByPassword(
  db: Database,
  _viewer: Viewer,
  { email, password, client }: Attempt,
  doorstep: Doorstep,
): Promise<string> {
  const counted = [
    ["password-client", client],
    ["password-address", email],
    ["password-server", "server"],
  ] as const;
  for (const [action, subject] of counted) await spend(db, action, subject);
  const account = await getAccountByEmail(db, email);
  const right = await passwordIs(password, account?.passwordHash);
  if (!account || !right) throw new Refusal("sign-in-failed", { field: "password" });
  for (const [action, subject] of counted) await giveBack(db, action, subject);
  return transact(db, async (tx) => {
    const row = await expectActive(tx, account.id);
    // Changed while this was hashing: what was right is no longer.
    if (row.passwordHash !== account.passwordHash) throw new Refusal("sign-in-failed", { field: "password" });
    return openSession(tx, account.id, "password", doorstep);
  });
}

/** Mails a link that signs in for half an hour; silence where there is no such account, or its allowance is used. */
export async function requestSignInLink(db: Database, _viewer: Viewer, { email }: { email: string }): Promise<void> {
  await transact(db, async (tx) => {
    const account = await getAccountByEmail(tx, email);
    if (account?.state !== "active") return;
    const order = { accountId: account.id, email: account.email! };
    await mailTokenOnRequest(tx, { ...order, purpose: "sign-in", message: "sign-in-link" }, "mail-proven");
  });
}

/**
 * Signs in by a mailed link, once, and returns the session's token.
 * @throws Refusal not-found, already-decided, account-suspended
 */
export async function signInByToken(db: Database, token: string, doorstep: Doorstep): Promise<string> {
  return transact(db, async (tx) => {
    const { accountId, email } = await consumeToken(tx, "sign-in", token);
    await expectActive(tx, accountId);
    await noteProven(tx, accountId, email);
    return openSession(tx, accountId, "mail", doorstep);
  });
}

/**
 * Signs in by an identity that an OpenID Connect provider vouches for, and returns the session's token; null when the
 * identity opens no account. Whatever address the provider names opens nothing. By `identities_subject`.
 * @throws Refusal account-awaiting, account-suspended
 */
export async function signInByIdentity(
  db: Database,
  { issuer, subject }: { issuer: string; subject: string },
  doorstep: Doorstep,
): Promise<string | null> {
  return transact(db, async (tx) => {
    const [found] = await tx
      .select({ accountId: identities.accountId })
      .from(identities)
      .where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)));
    if (!found) return null;
    await expectActive(tx, found.accountId);
    return openSession(tx, found.accountId, "openid", doorstep);
  });
}

/** The account's row, locked, if it may be used. @throws Refusal account-awaiting, account-suspended, sign-in-failed */
export async function expectActive(tx: Transaction, accountId: string) {
  const [row] = await tx.select().from(accounts).where(eq(accounts.id, accountId)).for("update");
  if (row?.state === "awaiting") throw new Refusal("account-awaiting");
  if (row?.state === "suspended") throw new Refusal("account-suspended");
  if (row?.state !== "active") throw new Refusal("sign-in-failed");
  return row;
}

/** A mail of ours came back: the address is the account's. */
export async function noteProven(tx: Transaction, accountId: string, email: string): Promise<void> {
  await tx
    .update(accounts)
    .set({ confirmedAt: sql`now()` })
    .where(and(eq(accounts.id, accountId), eq(accounts.email, email), sql`${accounts.confirmedAt} is null`));
}
