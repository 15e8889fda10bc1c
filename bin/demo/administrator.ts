import { type Database, transact } from "#db/client.ts";
import { createAccount } from "#lib/account/commands.ts";
import { getAccountByEmail } from "#lib/account/queries.ts";
import { createActor } from "#lib/actor/commands.ts";
import { operator } from "#lib/policy/viewer.ts";

const email = "demo@example.org";
const password = "demonstration";

/** Gives a demonstration its administrator, once, and says at each start how to sign in. */
export async function seedAdministrator(db: Database, say: (line: string) => void): Promise<void> {
  if (!(await getAccountByEmail(db, email)))
    await transact(db, async (tx) => {
      const { id } = await createAccount(tx, operator, {
        email,
        password,
        role: "administrator",
        timezone: "Europe/Paris",
      });
      await createActor(tx, operator, { handle: "demo", name: "Demo", accountId: id });
    });
  say(`Sign in as ${email} with the password "${password}"`);
}
