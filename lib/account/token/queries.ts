import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { isToken, tokenHash } from "#lib/secrets.ts";
import type { TokenPurpose } from "./commands.ts";

const { accounts, accountTokens } = schema;

/**
 * What a mailed link would do, without doing it: purpose, the address it was sent to, the account's address now. Null
 * when it opens nothing (any more). By `account_tokens_token`.
 */
export async function getToken(db: Db, token: string, purposes: TokenPurpose[]) {
  if (!isToken(token)) return null;
  const [row] = await db
    .select({
      purpose: accountTokens.purpose,
      email: accountTokens.email,
      usedAt: accountTokens.usedAt,
      current: accounts.email,
    })
    .from(accountTokens)
    .innerJoin(accounts, eq(accounts.id, accountTokens.accountId))
    .where(and(eq(accountTokens.tokenHash, tokenHash(token)), gt(accountTokens.expiresAt, sql`now()`)));
  return row && purposes.includes(row.purpose as TokenPurpose) ? row : null;
}

/** Whether an address change waits for its button, and to which address. By `account_tokens_account`. */
export async function getPendingAddress(db: Db, accountId: string): Promise<string | null> {
  const [row] = await db
    .select({ email: accountTokens.email })
    .from(accountTokens)
    .where(
      and(
        eq(accountTokens.accountId, accountId),
        eq(accountTokens.purpose, "address"),
        isNull(accountTokens.usedAt),
        gt(accountTokens.expiresAt, sql`now()`),
      ),
    )
    .limit(1);
  return row?.email ?? null;
}
