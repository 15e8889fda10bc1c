import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { connect, type Database, sqlState } from "./client.ts";

const folder = fileURLToPath(new URL("./migrations", import.meta.url));

/** When the newest migration that this code knows was made: milliseconds, by which they are ordered. */
export function newestMigration(): number {
  const journal = JSON.parse(readFileSync(`${folder}/meta/_journal.json`, "utf8")) as { entries: { when: number }[] };
  return journal.entries.at(-1)?.when ?? 0;
}

/** How many migrations this code knows. */
export const knownMigrations = (): number => readdirSync(folder).filter((name) => name.endsWith(".sql")).length;

/**
 * Brings a database up to this code, under an advisory lock so that processes that start together do it once.
 * @throws in a sentence when it cannot be reached, or its schema is newer than the code: downgrades are not supported.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const { db, close } = connect(url, { max: 1, statementTimeout: 0, name: "parvis-migrate" });
  try {
    const version = await versionOf(db, url);
    if (version < 150_000)
      throw new Error(`PostgreSQL 15 or newer is needed; this is ${Math.floor(version / 10_000)}.`);
    await db.execute(sql`select pg_advisory_lock(2026112301)`);
    const [there] = await db.execute<{ found: boolean }>(
      sql`select to_regclass('drizzle.__drizzle_migrations') is not null as found`,
    );
    if (there!.found) {
      const [done] = await db.execute<{ at: string | null }>(
        sql`select max(created_at) as at from drizzle.__drizzle_migrations`,
      );
      if (Number(done!.at ?? 0) > newestMigration())
        throw new Error(
          "The database was written by a newer Parvis than this one. Start that version, or restore a backup.",
        );
    }
    await migrate(db, { migrationsFolder: folder });
  } finally {
    await close();
  }
}

const refused: Record<string, string> = {
  "28P01": "refuses this user or password. Correct them in DATABASE_URL.",
  "28000": "does not let this user in. Correct it in DATABASE_URL, or let it in there (pg_hba.conf).",
  "3D000": "has no database of this name. Make it (createdb), or correct DATABASE_URL.",
};

/** The server's version, 170002 for 17.2. @throws in a sentence, without the password, when it does not let us in. */
async function versionOf(db: Database, url: string): Promise<number> {
  try {
    const [row] = await db.execute<{ version: number }>(
      sql`select current_setting('server_version_num')::int as version`,
    );
    return row!.version;
  } catch (error) {
    const code = sqlState(error) ?? "no reason given";
    const said = refused[code] ?? `does not answer (${code}). Start it, or correct DATABASE_URL.`;
    // Without its cause: whoever is to mend it is not told to try again in a minute.
    throw new Error(`The PostgreSQL at ${new URL(url).host} ${said}`);
  }
}
