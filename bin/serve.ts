import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import next from "next";
import { setDatabase } from "#app/_web/database.ts";
import { ping } from "#db/client.ts";
import { newestMigration } from "#db/migrate.ts";
import { hasAdministrator, setupToken } from "#lib/account/setup/queries.ts";
import { type Mode, setConfig } from "#lib/config.ts";
import { followZones } from "#lib/event/clock/commands.ts";
import { startWorker } from "#lib/jobs/worker.ts";
import { log, startLog } from "#lib/log.ts";
import { setupPath } from "#lib/urls.ts";
import { ensureBuilt } from "./build.ts";
import { ConfigFault, parseConfig } from "./configuration.ts";
import { createEdge, listen } from "./edge.ts";
import { openRuntime, type Runtime } from "./runtime.ts";

const modes: Record<string, Mode> = { start: "production", dev: "development", demo: "demo" };
const mode = modes[process.argv[2] ?? "start"] ?? "production";
let stopping = false;
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Ready: the database answers, is as this code knows it, and no mail has waited longer than ten minutes. */
async function isReady({ db }: Runtime): Promise<boolean> {
  const [state] = await db.execute<{ ready: boolean }>(sql`
    select not exists (select 1 from pgboss.job where name = 'mail' and state < 'active'
      and start_after < now() - interval '10 minutes' and retry_count = 0)
      and coalesce((select max(created_at) from drizzle.__drizzle_migrations) >= ${newestMigration()}, false) as ready`);
  return state?.ready === true;
}

/** What a process does for the first time it does three to ten times slower: a page, and a calendar of many events. */
const firsts = ["/", "/search.ics"];

/** Opens these as a visitor does, so that it is done before anybody waits for it; and what a start leaves is collected now. */
async function warmUp(server: Server): Promise<void> {
  const { address, family, port } = server.address() as AddressInfo;
  const origin = `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
  for (const path of firsts)
    await fetch(origin + path, { redirect: "manual", signal: AbortSignal.timeout(5_000) })
      .then((answer) => answer.arrayBuffer())
      .catch(() => {});
  globalThis.gc?.();
}

async function serve(): Promise<void> {
  const config = setConfig(parseConfig(process.env, mode));
  (process.env as Record<string, string>).NODE_ENV = mode === "development" ? "development" : "production";
  await startLog();
  let runtime: Runtime | null = null;
  const closers: (() => Promise<unknown>)[] = [];
  // Not once: a second one, which comes when a terminal tells us and npm does so too, would end us at once.
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => void stop());

  const web = config.process !== "worker";
  if (web && mode !== "development") await ensureBuilt(say);
  const opened = await openRuntime(config);
  runtime = opened;
  setDatabase(opened.db);
  if (mode === "demo") await (await import("./demo.ts")).seed(opened.db, say);

  if (config.process !== "web") {
    closers.push((await startWorker(opened.url, opened.jobs)).stop);
    followZones(opened.jobs).catch((error: Error) =>
      log("serve").error("What is to come was not reckoned anew", { error }),
    );
  }
  if (web) {
    // As `next start --experimental-next-config-strip-types`: Node reads next.config.ts by itself, and Next's compiler, 24 MB,
    // is not loaded for it.
    process.env.__NEXT_NODE_NATIVE_TS_LOADER_ENABLED = "true";
    const app = next({ dev: mode === "development", hostname: config.host, port: config.port });
    await app.prepare();
    const ready = () => (stopping ? Promise.resolve(false) : isReady(opened).catch(() => false));
    const server = createEdge({ config, handle: app.getRequestHandler(), ready, stopping: () => stopping });
    await listen(server, config);
    closers.unshift(
      () =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeIdleConnections();
          setTimeout(() => server.closeAllConnections(), 15_000).unref();
        }),
    );
    say(`${mode === "demo" ? "The demonstration" : "Parvis"} is at ${config.appUrl}`);
    if (!(await hasAdministrator(runtime.db)))
      say(
        `Nobody administers this server yet. Set it up at ${config.appUrl}${setupPath(await setupToken(runtime.db))}`,
      );
    if (config.mail.transport === "outbox") say(`Mail is kept, not sent: read it at ${config.appUrl}/mailbox`);
    if (mode !== "development") void warmUp(server);
  }
  await ping(opened.db);

  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    log("serve").info("Stopping");
    setTimeout(() => process.exit(1), 20_000).unref();
    await Promise.allSettled(closers.map((close) => close()));
    // Before there is a runtime, an embedded server that is starting goes with the process.
    await runtime?.stop().catch(() => {});
    process.exit(0);
  }
}

serve().catch((error: Error) => {
  // What was still starting when we were told to stop fails for that.
  if (stopping) return;
  process.stderr.write(`${error instanceof ConfigFault ? error.message : `Parvis did not start: ${error.message}`}\n`);
  if (process.env.DEBUG) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
