import type { KvKey, KvStore, KvStoreListEntry, KvStoreSetOptions } from "@fedify/fedify";
import { and, asc, eq, gt, isNull, like, or, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";

const { federationMemory: memory } = schema;

/** The first part of keys that are never remembered: our own unique rows decide whether an activity was seen. */
export const forgotten = "forgotten";

const nameOf = (key: KvKey): string => JSON.stringify(key);
const alive = or(isNull(memory.expiresAt), gt(memory.expiresAt, sql`now()`));
const month = 30 * 86_400;

/** Fedify's memory in our database: a logged table, so that it outlives a crash; each entry ends within a month. */
export function memoryStore(db: Db): KvStore {
  const expiry = (options?: KvStoreSetOptions) =>
    sql`now() + make_interval(secs => ${Math.min(month, options?.ttl?.total("second") ?? month)})`;
  return {
    async get<T>(key: KvKey) {
      const [row] = await db
        .select({ value: memory.value })
        .from(memory)
        .where(and(eq(memory.key, nameOf(key)), alive));
      return row?.value as T | undefined;
    },
    async set(key, value, options) {
      if (key[0] === forgotten || nameOf(key).length > 2500) return;
      // A key that could not be read is remembered as null: for a minute, lest every forgery has us ask again.
      const none = value === null || value === undefined;
      const kept = none ? sql`'null'::jsonb` : value;
      const expiresAt = none ? sql`now() + interval '1 minute'` : expiry(options);
      await db
        .insert(memory)
        .values({ key: nameOf(key), value: kept, expiresAt })
        .onConflictDoUpdate({ target: memory.key, set: { value: kept, expiresAt } });
    },
    async delete(key) {
      await db.delete(memory).where(eq(memory.key, nameOf(key)));
    },
    async cas(key, expected, next, options) {
      const name = nameOf(key);
      return db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
        const store = memoryStore(tx);
        const current = await store.get(key);
        if (JSON.stringify(current) !== JSON.stringify(expected)) return false;
        if (next === undefined) await store.delete(key);
        else await store.set(key, next, options);
        return true;
      });
    },
    async *list(prefix): AsyncIterable<KvStoreListEntry> {
      const start = prefix
        ? nameOf(prefix)
            .slice(0, -1)
            .replace(/[\\%_]/g, "\\$&")
        : "[";
      const rows = await db
        .select()
        .from(memory)
        .where(and(like(memory.key, `${start}%`), alive))
        .orderBy(asc(memory.key));
      for (const { key, value } of rows) yield { key: JSON.parse(key) as KvKey, value };
    },
  };
}
