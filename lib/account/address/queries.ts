import { and, eq, isNotNull } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { canonicalAddress } from "#lib/secrets.ts";

const { accounts } = schema;

/** Whether two addresses are one, however each is spelt; what is no address is none. */
export function isSameAddress(one: string, other: string): boolean {
  const canonical = canonicalAddress(one);
  return canonical !== null && canonical === canonicalAddress(other);
}

/** The address that an account has proven to be its own, in its one spelling; null: none. By primary key. */
export async function getProvenAddress(db: Db, accountId: string): Promise<string | null> {
  const [row] = await db
    .select({ email: accounts.email })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), isNotNull(accounts.confirmedAt)));
  return row?.email ?? null;
}
