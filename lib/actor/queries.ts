import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { type Db, schema } from "#db/client.ts";

export type ActorRow = typeof schema.actors.$inferSelect;

/** What the cover of somebody is drawn from: the same on every server that knows them. */
export const drawnFrom = ({ id, uri, seed }: Pick<ActorRow, "id" | "uri" | "seed">): string => seed ?? uri ?? id;

/** What somebody is called: their name, or else their handle; null where a left join found nobody. */
export const nameOf = ({ name, handle }: { name: AnyPgColumn; handle: AnyPgColumn }) =>
  sql<string | null>`coalesce(nullif(${name}, ''), ${handle})`;

/** Whether a text contains the words, accents and case apart, `%` and `_` as they stand. */
export const containing = (text: AnyPgColumn | SQL, words: string): SQL =>
  sql`fold(${text}) like fold(${`%${words.replace(/[\\%_]/g, "\\$&")}%`})`;

/** A person or group of this server by its handle (`@` and capitals do not matter); null when there is none. By `actors_address`. */
export async function getActor(db: Db, handle: string): Promise<ActorRow | null> {
  const { actors } = schema;
  const name = handle.trim().replace(/^@/, "").toLowerCase();
  const [row] = await db
    .select()
    .from(actors)
    .where(and(eq(actors.handle, name), isNull(actors.host), isNull(actors.deletedAt)));
  return row ?? null;
}

/** The profiles of one account, oldest first. By `actors_account`. */
export const listActorsOf = (db: Db, accountId: string): Promise<ActorRow[]> =>
  db
    .select()
    .from(schema.actors)
    .where(and(eq(schema.actors.accountId, accountId), isNull(schema.actors.deletedAt)))
    .orderBy(asc(schema.actors.id));

/**
 * The page of a person or group of this server (`ann`) or of one that is known here (`ann@elsewhere.example`), also of one
 * that is suspended or gone: `gone` says so. By `actors_address`.
 */
export async function getActorPage(db: Db, address: string): Promise<(ActorRow & { gone: boolean }) | null> {
  const { actors } = schema;
  const [handle = "", host, ...rest] = address.split("@");
  if (rest.length > 0 || address.length > 320 || /\0/.test(address)) return null;
  if (host === undefined && (!/^[a-z0-9_]{1,30}$/.test(handle) || handle === "relay")) return null;
  const [row] = await db
    .select()
    .from(actors)
    .where(
      host === undefined
        ? and(eq(actors.handle, handle), isNull(actors.host))
        : and(eq(actors.handle, handle), eq(actors.host, host)),
    );
  return row ? { ...row, gone: row.deletedAt !== null || row.suspendedAt !== null } : null;
}
