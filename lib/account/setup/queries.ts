import { and, eq, inArray } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { getInstance } from "#lib/instance/queries.ts";
import { linkToken } from "#lib/secrets.ts";

const { accounts } = schema;

/** Whether anybody administers this server. By `accounts_administrators`. */
export async function hasAdministrator(db: Db): Promise<boolean> {
  const [row] = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.role, "administrator"), inArray(accounts.state, ["active", "suspended"])))
    .limit(1);
  return row !== undefined;
}

/** The token of `/setup`: derived from the secret key and the day this database began, good until somebody administers. */
export async function setupToken(db: Db): Promise<string> {
  const { origin, createdAt } = await getInstance(db);
  return linkToken("setup", `${origin} ${createdAt.toISOString()}`, 0);
}
