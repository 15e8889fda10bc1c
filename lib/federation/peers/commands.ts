import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";

const { peers } = schema;

/** Remembers that a server spoke to us: whatever kept us from reaching it may be over. */
export async function heardFrom(db: Db, host: string): Promise<void> {
  await db
    .insert(peers)
    .values({ host, heardAt: sql`now()` })
    .onConflictDoUpdate({
      target: peers.host,
      set: { heardAt: sql`now()`, retryAt: sql`case when ${peers.failures} > 0 then now() else ${peers.retryAt} end` },
      setWhere: sql`${peers.heardAt} is null or ${peers.heardAt} < now() - interval '1 minute' or ${peers.retryAt} > now()`,
    });
}

/** Seconds until the next try after so many that failed: doubles from a minute to six hours, and by chance a quarter more. */
export const patienceAfter = (failures: AnyColumn): SQL<number> =>
  sql`least(21600, 60 * power(2, least(${failures}, 12))) * (1 + random() / 4)`;

/** Remembers that a server was reached. */
export async function reached(db: Db, host: string): Promise<void> {
  await db
    .insert(peers)
    .values({ host, reachedAt: sql`now()` })
    .onConflictDoUpdate({
      target: peers.host,
      set: { reachedAt: sql`now()`, failures: 0, retryAt: null, reason: "" },
      setWhere: sql`${peers.failures} > 0 or ${peers.reachedAt} is null or ${peers.reachedAt} < now() - interval '1 minute'`,
    });
}

/** Remembers that a server could not be reached, and leaves it alone for a while; or as long as it asked for, a day at most. */
export async function missed(db: Db, host: string, reason: string, retryAfter: number | null): Promise<void> {
  const asked = retryAfter === null ? sql`null` : sql`${Math.min(86_400, retryAfter)}::float`;
  const wait = sql`greatest(${asked}, ${patienceAfter(peers.failures)})`;
  await db
    .insert(peers)
    .values({ host, failures: 1, reason, retryAt: sql`now() + make_interval(secs => greatest(${asked}, 30))` })
    .onConflictDoUpdate({
      target: peers.host,
      set: {
        failures: sql`${peers.failures} + 1`,
        reason,
        retryAt: sql`now() + make_interval(secs => ${wait})`,
      },
    });
}

/** Remembers that there is such a server, of which something is kept here. */
export async function knowPeer(db: Db, host: string): Promise<void> {
  await db.insert(peers).values({ host }).onConflictDoNothing();
}
