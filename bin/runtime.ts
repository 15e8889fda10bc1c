import { type Connection, connect, type Database } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { type Config, setConfig } from "#lib/config.ts";
import { setOrigin } from "#lib/instance/commands.ts";
import { findOrigin } from "#lib/instance/queries.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { ensureQueues } from "#lib/jobs/queues.ts";

/** A migrated database with a pool on it, another one for jobs, which may take their time, and what ends all of it. */
export type Runtime = Connection & { url: string; jobs: Database; stop: () => Promise<void> };

/**
 * Opens the configured database (starting the embedded one), migrates it, and makes `enqueue` work. With `share`, a
 * database that another Parvis process runs in the same DATA_DIR is used as it is. With `adopt`, the origin that the
 * database was made for becomes the configured one.
 * @throws when APP_URL differs from the one the database was made for.
 */
export async function openRuntime(config: Config, { share = false, adopt = false, max = 12 } = {}): Promise<Runtime> {
  const embedded = config.databaseUrl ? null : await startEmbedded(config.dataDir, { share });
  const url = config.databaseUrl ?? embedded!.url;
  try {
    if (!embedded || embedded.owned) {
      await migrateDatabase(url);
      await ensureQueues(url);
    }
    const connection = connect(url, { max, name: `parvis-${config.process}` });
    // Opened by the first who asks: a process that does no jobs has none of these.
    const jobs = connect(url, { max: 10, statementTimeout: 30_000, name: `parvis-${config.process}-jobs` });
    await startSender(connection.db);
    const known = adopt ? await findOrigin(connection.db) : null;
    if (known) setConfig({ ...config, appUrl: known });
    else await setOrigin(connection.db, config.appUrl);
    const stop = async () => {
      await stopSender();
      await Promise.all([connection.close(), jobs.close()]);
      await embedded?.stop();
    };
    return { ...connection, url, jobs: jobs.db, stop };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}
