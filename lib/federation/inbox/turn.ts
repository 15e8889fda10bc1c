import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";

/**
 * What is said of one object takes effect one after the other until the transaction ends: what is read behind this is what
 * the one before has left, also where there was no row to lock.
 */
export const inTurn = (tx: Transaction, uri: string): Promise<unknown> =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`said of ${uri}`}, 0))`);
