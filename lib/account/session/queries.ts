import { and, desc, eq, not, or, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { isToken, tokenHash } from "#lib/secrets.ts";

const { accounts, actors, sessions } = schema;

/** Days. A cookie lives as long as the longest session; the row decides. */
export const sessionDays = { idle: 30, whole: 180 };

/** 30 days without a visit, or 180 in all, on the database's clock. */
export const sessionOver = (): SQL =>
  or(sql`${sessions.usedAt} < now() - interval '30 days'`, sql`${sessions.createdAt} < now() - interval '180 days'`)!;

/**
 * The session of a cookie with its account and the profiles that it acts as, the default one first; null when it is
 * over, unknown, or the account is not active. By `sessions_token`, then primary key, then `actors_account`.
 */
export async function getSession(db: Db, token: unknown) {
  if (!isToken(token)) return null;
  const [row] = await db
    .select({
      id: sessions.id,
      accountId: accounts.id,
      role: accounts.role,
      email: accounts.email,
      language: accounts.language,
      timezone: accounts.timezone,
      homeTown: accounts.homeTown,
      homeRadius: accounts.homeRadius,
      createdAt: sessions.createdAt,
      usedAt: sessions.usedAt,
      actorIds: sql<string[]>`coalesce((
        select array_agg(${actors.id} order by ${actors.id} = ${accounts.defaultActorId} desc nulls last, ${actors.id})
        from ${actors} where ${actors.accountId} = ${accounts.id} and ${actors.deletedAt} is null
          and ${actors.suspendedAt} is null), '{}')`,
    })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(and(eq(sessions.tokenHash, tokenHash(token)), not(sessionOver()), eq(accounts.state, "active")));
  return row ?? null;
}

/** The open sessions of an account, the one last used first, 100 at most. By `sessions_account`. */
export const listSessions = (db: Db, accountId: string) =>
  db
    .select({
      id: sessions.id,
      method: sessions.method,
      device: sessions.device,
      createdAt: sessions.createdAt,
      usedAt: sessions.usedAt,
    })
    .from(sessions)
    .where(and(eq(sessions.accountId, accountId), not(sessionOver())))
    .orderBy(desc(sessions.usedAt), desc(sessions.id))
    .limit(100);
