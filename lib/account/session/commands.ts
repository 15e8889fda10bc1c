import { and, eq, lt, ne, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { giveBack, spend } from "#lib/limits/commands.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { isToken, randomToken, tokenHash } from "#lib/secrets.ts";
import { passwordIs } from "../password.ts";
import { sessionOver } from "./queries.ts";

const { accounts, sessions } = schema;

type SessionMethod = "password" | "mail" | "openid" | "setup";
/** Where somebody signs in: with which browser, and which session its cookie named before. */
export type Doorstep = { device: string; previous: string | null };

/**
 * Opens a session and returns its token, which nothing stores. The session that the browser had before ends: an id that
 * was there before the sign-in, whoever planted it, opens nothing afterwards.
 */
export async function openSession(
  tx: Db,
  accountId: string,
  method: SessionMethod,
  { device, previous }: Doorstep,
): Promise<string> {
  if (previous) await closeSession(tx, previous);
  const token = randomToken();
  await tx
    .insert(sessions)
    .values({ id: newId(), tokenHash: tokenHash(token), accountId, method, device: device.slice(0, 60) });
  return token;
}

/** Ends the session of a cookie; any other value does nothing. */
export async function closeSession(db: Db, token: string): Promise<void> {
  if (isToken(token)) await db.delete(sessions).where(eq(sessions.tokenHash, tokenHash(token)));
}

/** Ends one's own session by its id. @throws Refusal not-found, also for another's. */
export async function revokeSession(db: Db, viewer: AccountViewer, id: string): Promise<void> {
  const gone = await db
    .delete(sessions)
    .where(and(eq(sessions.id, id), eq(sessions.accountId, viewer.accountId)))
    .returning({ id: sessions.id });
  if (gone.length === 0) throw new Refusal("not-found");
}

/** Ends all sessions of an account, but one if it is named. */
export async function closeSessions(db: Db, accountId: string, except?: string): Promise<void> {
  await db.delete(sessions).where(and(eq(sessions.accountId, accountId), except ? ne(sessions.id, except) : undefined));
}

/** Notes that a session is in use, once a day, so that reading pages writes next to nothing. */
export async function noteSession(db: Db, token: string): Promise<void> {
  await db
    .update(sessions)
    .set({ usedAt: sql`now()` })
    .where(and(eq(sessions.tokenHash, tokenHash(token)), lt(sessions.usedAt, sql`now() - interval '1 day'`)));
}

/** Erases sessions that are over. By index `sessions_idle`, and one scan a quarter of an hour for the oldest. */
export async function purgeSessions(db: Db): Promise<void> {
  await db.delete(sessions).where(sessionOver());
}

/** What whoever sits before the screen shows before something grave: the password, or a sign-in of a moment ago. */
export type Proof = { sessionId: string; password: string };

/**
 * The account, if it is its owner who asks. Whoever has a password says it (within the allowance for guesses); who has
 * none must have signed in within the last quarter of an hour. Hashes outside any transaction.
 * @throws Refusal password-wrong, sign-in-again, not-found, too-many-requests
 */
export async function expectOwner(db: Db, viewer: AccountViewer, { sessionId, password }: Proof) {
  const [row] = await db
    .select({
      account: accounts,
      fresh: sql<boolean>`${sessions.createdAt} > now() - interval '15 minutes'`,
    })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(and(eq(sessions.id, sessionId), eq(accounts.id, viewer.accountId), eq(accounts.state, "active")));
  if (!row) throw new Refusal("not-found");
  if (row.account.passwordHash === null) {
    if (!row.fresh) throw new Refusal("sign-in-again");
  } else {
    await spend(db, "password-address", row.account.email!);
    if (!(await passwordIs(password, row.account.passwordHash)))
      throw new Refusal("password-wrong", { field: "password" });
    await giveBack(db, "password-address", row.account.email!);
  }
  return row.account;
}
