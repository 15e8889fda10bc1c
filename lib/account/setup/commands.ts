import { eq, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { Refusal } from "#lib/refusal.ts";
import { canonicalAddress, sameBytes } from "#lib/secrets.ts";
import { ask } from "../address/commands.ts";
import { hashPassword } from "../password.ts";
import { type Doorstep, openSession } from "../session/commands.ts";
import { hasAdministrator, setupToken } from "./queries.ts";

const { accounts, actors, instance } = schema;

/** Whether a link sets this server up: it is ours, and there is no administrator yet. @throws Refusal not-found */
export async function expectSetup(db: Database | Transaction, token: string): Promise<void> {
  const given = Buffer.from(token);
  const expected = Buffer.from(await setupToken(db));
  if (!sameBytes(given, expected) || (await hasAdministrator(db))) throw new Refusal("not-found");
}

export type Administrator = {
  email: string;
  password: string;
  handle: string;
  name: string;
  language: string;
  timezone: string;
};

/**
 * Makes the first administrator by the link that the log shows, and signs them in. A mail asks them to confirm the
 * address, which shows at the same time that mail leaves. Of two at once, one is the first.
 * @throws Refusal not-found, email-invalid, email-taken, handle-taken
 */
export async function makeAdministrator(
  db: Database,
  token: string,
  given: Administrator,
  doorstep: Doorstep,
): Promise<string> {
  await expectSetup(db, token);
  const email = canonicalAddress(given.email);
  if (!email) throw new Refusal("email-invalid", { field: "email" });
  const passwordHash = await hashPassword(given.password);
  return transact(db, async (tx) => {
    await tx.select({ id: instance.id }).from(instance).where(eq(instance.id, 1)).for("update");
    await expectSetup(tx, token);
    const [accountId, actorId] = [newId(), newId()];
    const { language, timezone, handle } = given;
    const [account] = await tx
      .insert(accounts)
      .values({ id: accountId, email, passwordHash, language, timezone, role: "administrator" })
      .onConflictDoNothing({ target: accounts.email })
      .returning({ id: accounts.id });
    if (!account) throw new Refusal("email-taken", { field: "email" });
    const [actor] = await tx
      .insert(actors)
      .values({ id: actorId, type: "Person", handle, name: given.name || handle, accountId })
      .onConflictDoNothing({ target: [actors.handle, actors.host] })
      .returning({ id: actors.id });
    if (!actor) throw new Refusal("handle-taken", { field: "handle" });
    await tx
      .update(accounts)
      .set({ defaultActorId: sql`${actorId}::uuid` })
      .where(eq(accounts.id, accountId));
    await ask(tx, accountId, email);
    return openSession(tx, accountId, "setup", doorstep);
  });
}
