import { and, desc, eq, gt, or, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";
import type { MailMessage } from "#lib/jobs/kinds.ts";
import { trySpend } from "#lib/limits/commands.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { addressKey, canonicalAddress } from "#lib/secrets.ts";
import { isProven } from "../queries.ts";

const { participations } = schema;

/** A participation, by the address that was typed: an account's is not in its row. */
type Addressed = Pick<typeof participations.$inferSelect, "id" | "email" | "emailKey">;

/**
 * Writes a mail that somebody asked for by typing an address, within the address's allowance; beyond it nothing is
 * written and nothing said, or the answer would tell whether the address is known.
 */
export async function mailOnRequest(tx: Transaction, row: Addressed, message: MailMessage): Promise<void> {
  if (!row.email || !row.emailKey) return;
  const action = (await isProven(tx, row.emailKey)) ? "mail-proven" : "mail-unproven";
  if ((await trySpend(tx, action, row.email)) > 0) return;
  await enqueueMail(tx, { message, participationId: row.id });
  await tx.update(participations).set({ mailedAt: sql`now()` }).where(eq(participations.id, row.id));
}

/** "Mail me all my links": one mail with all participations of an address, or silence where there is none. */
export async function requestLinks(db: Database, _viewer: Viewer, { email }: { email: string }): Promise<void> {
  const canonical = canonicalAddress(email);
  if (!canonical) throw new Refusal("email-invalid", { field: "email" });
  await transact(db, async (tx) => {
    // By index `participations_mine`.
    const [row] = await tx
      .select({ id: participations.id, emailKey: participations.emailKey })
      .from(participations)
      .where(
        and(
          eq(participations.emailKey, addressKey(canonical)),
          or(sql`${participations.state} <> 'unconfirmed'`, gt(participations.expiresAt, sql`now()`)),
        ),
      )
      .orderBy(desc(participations.id))
      .limit(1);
    if (row) await mailOnRequest(tx, { ...row, email }, "participation-links");
  });
}
