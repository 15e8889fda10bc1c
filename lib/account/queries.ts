import { and, eq } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { canonicalAddress, isToken, linkToken, tokenHash } from "#lib/secrets.ts";

const { accounts } = schema;

export type AccountRow = typeof accounts.$inferSelect;

/** The account with this address, however it is spelt; null when there is none. By `accounts_email`. */
export async function getAccountByEmail(db: Db, email: string): Promise<AccountRow | null> {
  const canonical = canonicalAddress(email);
  if (!canonical) return null;
  const [row] = await db.select().from(accounts).where(eq(accounts.email, canonical));
  return row ?? null;
}

/** What the settings pages show of an account. By primary key. */
export async function getAccount(db: Db, id: string) {
  const [row] = await db.select().from(accounts).where(eq(accounts.id, id));
  if (!row) return null;
  const { passwordHash, calendarHash, calendarGeneration, ...rest } = row;
  return {
    ...rest,
    hasPassword: passwordHash !== null,
    /** The token of the private feed; null while it is closed. */
    calendarToken: calendarHash ? linkToken("calendar", id, calendarGeneration) : null,
  };
}

/** Whose private feed a token opens; null when none. By `accounts_calendar`. */
export async function getCalendarOwner(db: Db, token: string) {
  if (!isToken(token)) return null;
  const [row] = await db
    .select({ id: accounts.id, email: accounts.email, confirmedAt: accounts.confirmedAt, language: accounts.language })
    .from(accounts)
    .where(and(eq(accounts.calendarHash, tokenHash(token)), eq(accounts.state, "active")));
  return row ?? null;
}
