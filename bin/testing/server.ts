import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { connect } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { templateName } from "#db/testing.ts";
import { ensureQueues } from "#lib/jobs/queues.ts";

/** One PostgreSQL for the whole run, and in it the migrated database that every test file copies. */
export default async function setup() {
  if (process.env.PARVIS_TEST_DATABASE) return;
  const directory = mkdtempSync(join(tmpdir(), "parvis-test-"));
  const server = await startEmbedded(directory, { fast: true });
  const { db, close } = connect(server.url, { max: 1 });
  await db.execute(sql.raw(`create database ${templateName}`));
  await close();
  const template = Object.assign(new URL(server.url), { pathname: `/${templateName}` }).href;
  await migrateDatabase(template);
  await ensureQueues(template);
  process.env.PARVIS_TEST_DATABASE = server.url;
  return async () => {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}
