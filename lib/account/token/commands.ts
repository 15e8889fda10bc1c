import { and, eq, gt, inArray, isNull, lt, sql } from "drizzle-orm";
import { type Db, schema, type Transaction } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";
import type { AccountMessage } from "#lib/jobs/kinds.ts";
import { trySpend } from "#lib/limits/commands.ts";
import { Refusal } from "#lib/refusal.ts";
import { isToken, linkToken, tokenHash } from "#lib/secrets.ts";

const { accountTokens } = schema;

export type TokenPurpose = "sign-in" | "reset" | "address" | "address-undo";

/** Minutes that a link lives (`safety.md` 2.4). */
const life: Record<TokenPurpose, number> = { "sign-in": 30, reset: 60, address: 48 * 60, "address-undo": 48 * 60 };

type Order = { accountId: string; purpose: TokenPurpose; message: AccountMessage; email: string };

/** Writes a link and the mail that carries it, in the transaction of its fact. */
export async function mailToken(tx: Transaction, { accountId, purpose, message, email }: Order): Promise<void> {
  const id = newId();
  await tx.insert(accountTokens).values({
    id,
    accountId,
    purpose,
    email,
    tokenHash: tokenHash(linkToken("account", id, 0)),
    expiresAt: sql`now() + ${life[purpose]} * interval '1 minute'`,
  });
  await enqueueMail(tx, { message, accountId, data: { tokenId: id } });
}

/** The same for a mail that somebody asked for by typing an address: within the address's allowance, else silence. */
export async function mailTokenOnRequest(
  tx: Transaction,
  order: Order,
  allowance: "mail-proven" | "mail-unproven",
): Promise<void> {
  if ((await trySpend(tx, allowance, order.email)) === 0) await mailToken(tx, order);
}

/**
 * Uses a link once, in the transaction of its effect: of twenty at once, one gets the row.
 * @throws Refusal already-decided for one that was used, not-found for any other that opens nothing.
 */
export async function consumeToken(tx: Transaction, purpose: TokenPurpose, token: string) {
  if (!isToken(token)) throw new Refusal("not-found");
  const mine = and(eq(accountTokens.tokenHash, tokenHash(token)), eq(accountTokens.purpose, purpose));
  const [row] = await tx
    .update(accountTokens)
    .set({ usedAt: sql`now()` })
    .where(and(mine, isNull(accountTokens.usedAt), gt(accountTokens.expiresAt, sql`now()`)))
    .returning({ accountId: accountTokens.accountId, email: accountTokens.email });
  if (row) return row;
  const [used] = await tx.select({ usedAt: accountTokens.usedAt }).from(accountTokens).where(mine);
  throw new Refusal(used?.usedAt ? "already-decided" : "not-found");
}

/** Withdraws an account's unused links of these purposes. */
export async function withdrawTokens(tx: Transaction, accountId: string, purposes: TokenPurpose[]): Promise<void> {
  await tx
    .delete(accountTokens)
    .where(
      and(
        eq(accountTokens.accountId, accountId),
        inArray(accountTokens.purpose, purposes),
        isNull(accountTokens.usedAt),
      ),
    );
}

/** Erases links that are dead, with the addresses they were sent to. By `account_tokens_expired`. */
export async function purgeTokens(db: Db): Promise<void> {
  await db.delete(accountTokens).where(lt(accountTokens.expiresAt, sql`now()`));
}
