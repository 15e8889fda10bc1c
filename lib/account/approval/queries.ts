import { desc, eq, ne, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";

const { accounts, actors } = schema;

/** Accounts for the host's eyes, the newest first, 500 at most: in one state, or all that are not deleted. By primary key, or `accounts_awaiting`. */
export const listAccounts = (db: Db, state?: string) =>
  db
    .select({
      id: accounts.id,
      email: accounts.email,
      state: accounts.state,
      role: accounts.role,
      application: accounts.application,
      createdAt: accounts.createdAt,
      handles: sql<string[]>`coalesce((
        select array_agg(${actors.handle} order by ${actors.id}) from ${actors}
        where ${actors.accountId} = ${accounts.id}), '{}')`,
    })
    .from(accounts)
    .where(state ? eq(accounts.state, state) : ne(accounts.state, "deleted"))
    .orderBy(desc(accounts.id))
    .limit(500);
