import { type Database, transact } from "#db/client.ts";
import { createAccount } from "#lib/account/commands.ts";
import { getAccountByEmail } from "#lib/account/queries.ts";
import { createActor } from "#lib/actor/commands.ts";
import { operator } from "#lib/policy/viewer.ts";

export const demoAddress = "demo@example.org";
const password = "demonstration";

/** Gives a demonstration its administrator, once, and says at each start how to sign in. */
export async function seedAdministrator(db: Database, say: (line: string) => void): Promise<void> {
  if (!(await getAccountByEmail(db, demoAddress)))
    await transact(db, async (tx) => {
      const { id } = await createAccount(tx, operator, {
        email: demoAddress,
        password,
        role: "administrator",
        timezone: "Europe/Paris",
      });
      await createActor(tx, operator, { handle: "demo", name: "Demo", accountId: id });
    });
  say(`Sign in as ${demoAddress} with the password "${password}"`);
}
