import { eq } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { canonicalAddress } from "#lib/secrets.ts";

export type AccountRow = typeof schema.accounts.$inferSelect;

/** The account with this address, however it is spelt; null when there is none. By `accounts_email`. */
export async function getAccountByEmail(db: Db, email: string): Promise<AccountRow | null> {
  const canonical = canonicalAddress(email);
  if (!canonical) return null;
  const [row] = await db.select().from(schema.accounts).where(eq(schema.accounts.email, canonical));
  return row ?? null;
}
