import { and, eq } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { expectActive } from "../sign-in/commands.ts";

const { identities } = schema;

type Subject = { issuer: string; subject: string };

/** Lets an identity open one's account from now on. @throws Refusal identity-taken when it opens one already */
export async function connectIdentity(
  db: Database,
  { accountId }: AccountViewer,
  { issuer, subject }: Subject,
): Promise<void> {
  await transact(db, async (tx) => {
    const [row] = await tx
      .insert(identities)
      .values({ id: newId(), accountId, issuer, subject })
      .onConflictDoNothing()
      .returning({ id: identities.id });
    if (!row) throw new Refusal("identity-taken");
    await enqueueMail(tx, { message: "account-notice", accountId, data: { notice: "identity" } });
  });
}

/** Takes an identity off one's account. @throws Refusal identity-needed when no password is left, not-found */
export async function disconnectIdentity(db: Database, { accountId }: AccountViewer, id: string): Promise<void> {
  await transact(db, async (tx) => {
    const { passwordHash } = await expectActive(tx, accountId);
    if (passwordHash === null) throw new Refusal("identity-needed");
    const gone = await tx
      .delete(identities)
      .where(and(eq(identities.id, id), eq(identities.accountId, accountId)))
      .returning({ id: identities.id });
    if (gone.length === 0) throw new Refusal("not-found");
    await enqueueMail(tx, { message: "account-notice", accountId, data: { notice: "identity" } });
  });
}
