import { and, desc, eq, isNull } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { createActor } from "#lib/actor/commands.ts";
import { type AccountViewer, operator } from "#lib/policy/viewer.ts";
import { linkToken, tokenHash } from "#lib/secrets.ts";
import { createAccount } from "./commands.ts";
import { openSession } from "./session/commands.ts";

const { accountTokens, accounts, sessions, signUps } = schema;

export const password = "correct horse battery";
export const doorstep = { device: "Firefox, Linux", previous: null };

/** An account with a profile, signed in. */
export async function person(db: Database, handle: string, { email = `${handle}@example.org` } = {}) {
  const account = await createAccount(db, operator, { email, password });
  const actor = await createActor(db, operator, { handle, name: handle, accountId: account.id });
  const session = await openSession(db, account.id, "password", doorstep);
  const viewer: AccountViewer = { kind: "account", accountId: account.id, role: "member", actorIds: [actor.id] };
  return { account, actor, session, viewer, sessionId: await sessionIdOf(db, session) };
}

export async function sessionIdOf(db: Database, token: string): Promise<string> {
  const [row] = await db
    .select()
    .from(sessions)
    .where(eq(sessions.tokenHash, tokenHash(token)));
  return row!.id;
}

export const countSessions = (db: Database, accountId: string) =>
  db.$count(sessions, eq(sessions.accountId, accountId));

export async function accountRow(db: Database, id: string) {
  const [row] = await db.select().from(accounts).where(eq(accounts.id, id));
  return row!;
}

/** The token of the newest unused link of an account. */
export async function linkOf(db: Database, accountId: string, purpose: string): Promise<string | null> {
  const [row] = await db
    .select()
    .from(accountTokens)
    .where(
      and(eq(accountTokens.accountId, accountId), eq(accountTokens.purpose, purpose), isNull(accountTokens.usedAt)),
    )
    .orderBy(desc(accountTokens.id))
    .limit(1);
  return row ? linkToken("account", row.id, 0) : null;
}

/** The tokens of all sign-ups of an address, oldest first. */
export async function signUpLinks(db: Database, email: string): Promise<string[]> {
  const rows = await db.select().from(signUps).where(eq(signUps.email, email)).orderBy(signUps.id);
  return rows.map(({ id }) => linkToken("account", id, 0));
}
