import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { isToken, tokenHash } from "#lib/secrets.ts";

const { actors, signUps } = schema;

/** Whether a handle of this server is somebody's, or was. By `actors_address`. */
export async function isHandleTaken(db: Db, handle: string): Promise<boolean> {
  const [row] = await db
    .select({ id: actors.id })
    .from(actors)
    .where(and(eq(actors.handle, handle), isNull(actors.host)));
  return row !== undefined;
}

/** What a confirmation link would open, without opening it; null when it opens nothing (any more). By `sign_ups_token`. */
export async function getSignUp(db: Db, token: string) {
  if (!isToken(token)) return null;
  const [row] = await db
    .select({
      email: signUps.email,
      handle: signUps.handle,
      name: signUps.name,
      password: sql<boolean>`${signUps.passwordHash} is not null`,
      usedAt: signUps.usedAt,
    })
    .from(signUps)
    .where(and(eq(signUps.tokenHash, tokenHash(token)), gt(signUps.expiresAt, sql`now()`)));
  return row ? { ...row, taken: await isHandleTaken(db, row.handle) } : null;
}
