import { sql } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { type Cadence, isGathered, type Matrix, type Subject } from "./matrix.ts";
import { getMatrix } from "./queries.ts";

const { notificationChoices } = schema;

/**
 * Keeps what an account wishes to be told by mail, and how often. What is switched on again begins now: nothing is told
 * of the time in which it was off.
 */
export async function chooseNotifications(db: Database, accountId: string, wanted: Partial<Matrix>): Promise<void> {
  await transact(db, async (tx) => {
    const before = await getMatrix(tx, accountId);
    const rows = (Object.entries(wanted) as [Subject, Cadence][]).map(([subject, cadence]) => ({
      accountId,
      subject,
      cadence,
      toldAt: isGathered(subject) && before[subject] === "off" && cadence !== "off" ? sql`now()` : null,
    }));
    if (rows.length === 0) return;
    await tx
      .insert(notificationChoices)
      .values(rows)
      .onConflictDoUpdate({
        target: [notificationChoices.accountId, notificationChoices.subject],
        set: {
          cadence: sql`excluded.cadence`,
          toldAt: sql`coalesce(excluded.told_at, ${notificationChoices.toldAt})`,
        },
      });
  });
}
