import { inArray, lt, type SQL, sql } from "drizzle-orm";
import ipaddr from "ipaddr.js";
import { type Db, schema } from "#db/client.ts";
import { isId, timeOf } from "#lib/ids.ts";
import { Refusal } from "#lib/refusal.ts";
import { canonicalAddress, mac } from "#lib/secrets.ts";
import { type Action, allowances, type Window } from "./allowances.ts";
import { networksOf } from "./network.ts";

/** Milliseconds. */
const week = 7 * 86_400_000;

type Key = Window & { key: Buffer };

/**
 * Uses an allowance once, for an IP address or a mail address. Returns 0, or the seconds to wait when one of its keys is
 * full: then no key was charged. Counted by one statement on the database's clock, in the caller's transaction if any.
 */
export async function trySpend(db: Db, action: Action, subject: string, now = new Date()): Promise<number> {
  const keys = keysOf(action, subject, now);
  // In the order of their bytes, so that two who charge the same keys wait for each other and do not lock crosswise.
  keys.sort((a, b) => a.key.compare(b.key));
  const rows = keys.map(
    ({ key, count, seconds, quiet }) =>
      sql`(${key}::bytea, ${count}::int, ${seconds}::int, ${quiet ?? false}::boolean)`,
  );
  const spent = await charge(db, sql.join(rows, sql`, `));
  const waits = keys.map(({ key, count }) => {
    const row = spent.find((one) => one.key.equals(key));
    return row && (row.full || row.count > count) ? Math.max(1, Math.ceil(row.wait)) : 0;
  });
  return Math.max(...waits);
}

/** @throws Refusal `too-many-requests` with the seconds to wait. Otherwise as `trySpend`. */
export async function spend(db: Db, action: Action, subject: string): Promise<void> {
  const retryAfter = await trySpend(db, action, subject);
  if (retryAfter > 0) throw new Refusal("too-many-requests", { retryAfter });
}

/** Gives one use back: a try that turned out to be right was no guess. */
export async function giveBack(db: Db, action: Action, subject: string): Promise<void> {
  const keys = keysOf(action, subject, new Date()).map(({ key }) => key);
  await db
    .update(schema.limits)
    .set({ count: sql`greatest(0, ${schema.limits.count} - 1)` })
    .where(inArray(schema.limits.key, keys));
}

/** Forgets the windows that are over. By `limits_over`. */
export async function purgeLimits(db: Db): Promise<void> {
  await db.delete(schema.limits).where(lt(schema.limits.windowEnd, sql`now()`));
}

// When a full key is already to be seen, nothing is charged; when two come for the last use at once, the second one's
// count comes back one too high, which refuses it all the same.
const charge = (db: Db, asked: SQL) =>
  db.execute<{ key: Buffer; count: number; full: boolean; wait: number }>(sql`
    with asked (key, allowed, seconds, quiet) as (values ${asked}),
    full_ones as (
      select limits.key, limits.count, limits.window_end from limits join asked using (key)
      where limits.window_end > clock_timestamp() and limits.count >= asked.allowed
    ),
    charged as (
      insert into limits as used (key, window_end, count)
      select key, clock_timestamp() + seconds * interval '1 second', 1 from asked
      where not exists (select from full_ones) order by key
      on conflict (key) do update set
        count = case when used.window_end <= clock_timestamp() then 1 else used.count + 1 end,
        window_end = case
          when used.window_end <= clock_timestamp()
            or (select quiet and used.count < allowed from asked where asked.key = used.key)
          then excluded.window_end else used.window_end end
      returning used.key, used.count, used.window_end
    )
    select key, count, true as full, extract(epoch from window_end - clock_timestamp())::float8 as wait from full_ones
    union all
    select key, count, false, extract(epoch from window_end - clock_timestamp())::float8 from charged`);

/**
 * HMACs: an address is folded to its owner's one spelling, an IP address mixed with the day, so that no key lasts. What is no
 * address, an account or a host, is itself at midnight too.
 */
function keysOf(action: Action, subject: string, now: Date): Key[] {
  const { by, windows }: { by: string; windows: readonly Window[] } = allowances[action];
  const day = now.toISOString().slice(0, 10);
  const names =
    by === "address"
      ? [{ name: canonicalAddress(subject, { fold: true }) ?? subject, share: 1 }]
      : networksOf(subject).map(({ name, share }) => ({
          name: ipaddr.isValid(subject) ? `${day} ${name}` : name,
          share,
        }));
  const young = isId(subject) && now.getTime() - timeOf(subject) < week;
  return windows.flatMap((window) =>
    names.map(({ name, share }) => ({
      ...window,
      count: (young ? (window.young ?? window.count) : window.count) * share,
      key: mac("limit", action, window.seconds, name),
    })),
  );
}
