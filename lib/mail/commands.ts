import { and, eq, sql } from "drizzle-orm";
import { type Database, type Db, schema, type Transaction, transact } from "#db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { suppressAddress } from "#lib/notification/suppression/commands.ts";

const { mails, participations } = schema;

/** Settles a queued mail; one that was settled meanwhile stays as it is. `reason` holds no address. */
export async function settleMail(
  db: Db,
  id: string,
  state: "sent" | "dropped" | "failed",
  reason: string | null = null,
): Promise<void> {
  await db
    .update(mails)
    .set({ state, reason: reason?.slice(0, 500) ?? null, ...(state === "sent" ? { sentAt: sql`now()` } : {}) })
    .where(and(eq(mails.id, id), eq(mails.state, "queued")));
}

/** The recipient's server refused them for good: the mail has failed, they are unreachable, no more is sent there. */
export async function settleUnreachable(
  db: Database,
  id: string,
  { participationId, emailKey, reason }: { participationId: string | null; emailKey: Buffer | null; reason: string },
): Promise<void> {
  await transact(db, async (tx) => {
    await settleMail(tx, id, "failed", reason);
    if (participationId)
      await tx.update(participations).set({ unreachableAt: sql`now()` }).where(eq(participations.id, participationId));
    if (emailKey) await suppressAndMark(tx, emailKey, "bounce");
  });
}

/**
 * Sends nothing more to an address, and marks all that it takes part in as unreachable, so that organisers see it (not
 * why). By `participations_mine`.
 */
export async function suppressAndMark(
  tx: Transaction,
  emailKey: Buffer,
  reason: "bounce" | "complaint",
): Promise<void> {
  await suppressAddress(tx, emailKey, reason);
  await tx.update(participations).set({ unreachableAt: sql`now()` }).where(eq(participations.emailKey, emailKey));
}

/** Tries a mail again when the other side asked for it, instead of by our own back-off. */
export const postponeMail = (db: Database, mailId: string, seconds: number): Promise<void> =>
  transact(db, (tx) => enqueue(tx, "mail", { mailId }, { at: new Date(Date.now() + seconds * 1000) }));
