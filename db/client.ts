import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import { openPool } from "./pool.ts";
import * as account from "./schema/account.ts";
import * as actor from "./schema/actor.ts";
import * as announcement from "./schema/announcement.ts";
import * as discussion from "./schema/discussion.ts";
import * as event from "./schema/event.ts";
import * as federation from "./schema/federation.ts";
import * as flag from "./schema/flag.ts";
import * as form from "./schema/form.ts";
import * as group from "./schema/group.ts";
import * as instance from "./schema/instance.ts";
import * as limit from "./schema/limit.ts";
import * as mail from "./schema/mail.ts";
import * as media from "./schema/media.ts";
import * as moderation from "./schema/moderation.ts";
import * as notification from "./schema/notification.ts";
import * as participation from "./schema/participation.ts";
import * as place from "./schema/place.ts";
import * as post from "./schema/post.ts";
import * as resource from "./schema/resource.ts";
import * as staff from "./schema/staff.ts";

export const schema = {
  ...instance,
  ...account,
  ...media,
  ...actor,
  ...place,
  ...announcement,
  ...event,
  ...staff,
  ...group,
  ...participation,
  ...discussion,
  ...post,
  ...resource,
  ...mail,
  ...notification,
  ...federation,
  ...moderation,
  ...flag,
  ...form,
  ...limit,
};

const wrap = (client: postgres.Sql) => drizzle(client, { schema, casing: "snake_case" });

export type Database = ReturnType<typeof wrap>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** A handle for reading, or for one statement: the database or a transaction on it. */
export type Db = Database | Transaction;

export type Connection = { db: Database; client: postgres.Sql; close: () => Promise<void> };

/**
 * Opens a pool. Times are milliseconds: a statement that runs longer, waits longer for a lock, or idles longer in a
 * transaction is ended by the server, so that nothing hangs. The session speaks UTC.
 */
export function connect(
  url: string,
  {
    max = 12,
    statementTimeout = 5_000,
    name = "parvis",
  }: { max?: number; statementTimeout?: number; name?: string } = {},
): Connection {
  const client = openPool(url, {
    max,
    connect_timeout: 5,
    idle_timeout: 60,
    onnotice: () => {},
    connection: {
      application_name: name,
      statement_timeout: statementTimeout,
      lock_timeout: Math.min(3_000, statementTimeout),
      idle_in_transaction_session_timeout: Math.max(10_000, statementTimeout),
      timezone: "UTC",
    },
  });
  return { db: wrap(client), client, close: () => client.end({ timeout: 5 }) };
}

const conflict = new Set(["40001", "40P01"]);

/** The SQLSTATE of a database error, however deep Drizzle wrapped it; null for others. */
export function sqlState(error: unknown): string | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if ("code" in at && typeof at.code === "string") return at.code;
  return null;
}

/** Runs `work` in one transaction, again (three times at most) when Postgres reports a serialisation conflict or deadlock. */
export async function transact<T>(db: Db, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (attempt === 3 || !conflict.has(sqlState(error) ?? "")) throw error;
    }
  }
}

/** Whether the database answers. */
export const ping = (db: Db): Promise<unknown> => db.execute(sql`select 1`);
