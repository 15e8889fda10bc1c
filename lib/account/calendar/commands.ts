import { eq } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { linkToken, tokenHash } from "#lib/secrets.ts";

const { accounts } = schema;

/**
 * Opens one's private calendar feed, or gives it a new address: the old one opens nothing from then on. Of the address
 * only the hash is kept; it derives anew from account and generation.
 */
export async function resetCalendar(db: Database, { accountId }: AccountViewer): Promise<void> {
  await transact(db, async (tx) => {
    const [row] = await tx
      .select({ generation: accounts.calendarGeneration })
      .from(accounts)
      .where(eq(accounts.id, accountId))
      .for("update");
    const calendarGeneration = (row?.generation ?? 0) + 1;
    const calendarHash = tokenHash(linkToken("calendar", accountId, calendarGeneration));
    await tx.update(accounts).set({ calendarGeneration, calendarHash }).where(eq(accounts.id, accountId));
  });
}

/** Closes the feed. */
export async function closeCalendar(db: Database, { accountId }: AccountViewer): Promise<void> {
  await db.update(accounts).set({ calendarHash: null }).where(eq(accounts.id, accountId));
}
