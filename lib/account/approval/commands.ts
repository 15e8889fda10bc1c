import { and, eq, sql } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";
import { canModerate } from "#lib/policy/moderation.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";

const { accounts, actors } = schema;

/**
 * Answers somebody who asked for an account: it opens and its profile is to be seen, or it is erased within two days.
 * They are told either way.
 * @throws Refusal forbidden, not-found when nobody waits under this id
 */
export async function decideAccount(
  db: Database,
  viewer: Viewer,
  { accountId, decision }: { accountId: string; decision: "approve" | "reject" },
): Promise<void> {
  if (!canModerate(viewer)) throw new Refusal("forbidden");
  const approved = decision === "approve";
  await transact(db, async (tx) => {
    const [row] = await tx
      .update(accounts)
      .set({
        state: approved ? "active" : "rejected",
        application: "",
        deletedAt: approved ? null : sql`now()`,
      })
      .where(and(eq(accounts.id, accountId), eq(accounts.state, "awaiting")))
      .returning({ id: accounts.id });
    if (!row) throw new Refusal("not-found");
    if (approved) await tx.update(actors).set({ suspendedAt: null }).where(eq(actors.accountId, accountId));
    await enqueueMail(tx, { message: approved ? "sign-up-approved" : "sign-up-rejected", accountId });
  });
}
