import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { connect } from "#db/client.ts";
import { serverUrl, templateName } from "#db/testing.ts";
import { testSecret } from "./secret.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export type Instance = {
  url: string;
  port: number;
  dataDir: string;
  databaseUrl: string | null;
  child: ChildProcess;
  /** Everything it has printed. */
  log: () => string;
  /** Its entries of level warning, error or fatal, and whatever else it wrote to stderr that is no entry at all. */
  faults: () => string[];
  /** Ends it with SIGTERM and checks that it said nothing unexpected. `databaseUrl` lives on if it was given. */
  stop: () => Promise<void>;
};

type Options = {
  mode?: "start" | "demo";
  settings?: Record<string, string>;
  /**
   * "own": a new migrated database on the run's PostgreSQL (default). "embedded": its own server under DATA_DIR. Else the
   * address of one.
   */
  database?: "own" | "embedded" | string;
  dataDir?: string;
  /** Faults that this test provokes. */
  expected?: RegExp[];
  /** Where it listens; a free port if none is given. */
  port?: number;
  /** What starts it, before node: for other users. */
  prefix?: string[];
  /** False: return at once, before it answers. */
  wait?: boolean;
};

/** A port that nobody listens on now. */
export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("port"))));
    });
  });

/** A new database without tables on the run's PostgreSQL. */
export const emptyDatabase = () => copyOf("template1");

async function copyOf(template: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `instance_${randomBytes(8).toString("hex")}`;
  const run = async (statement: string) => {
    const server = connect(serverUrl(), { max: 1, statementTimeout: 60_000 });
    await server.db.execute(sql.raw(statement)).finally(() => server.close());
  };
  await run(`create database ${name} template ${template} strategy file_copy`);
  return {
    url: Object.assign(new URL(serverUrl()), { pathname: `/${name}` }).href,
    drop: () => run(`drop database if exists ${name} with (force)`),
  };
}

/** Starts a whole Parvis as a process of its own, on a free port, and waits until it is ready. */
export async function startInstance(options: Options = {}): Promise<Instance> {
  const { mode = "start", settings = {}, database = "own", expected = [], prefix = [], wait = true } = options;
  const port = options.port ?? (await freePort());
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "parvis-instance-"));
  const own = database === "own" ? await copyOf(templateName) : null;
  const databaseUrl = own?.url ?? (database === "embedded" ? null : database);
  const url = `http://localhost:${port}`;
  const env = {
    ...environment(url, dataDir),
    PORT: String(port),
    HOST: "127.0.0.1",
    MAIL_URL: mode === "start" ? `file:${join(dataDir, "mail")}` : "outbox:",
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    ...settings,
  };
  const [run, ...rest] = [...prefix, process.execPath, join(root, "bin/node.mjs"), "bin/serve.ts", mode];
  const child = spawn(run!, rest, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    log += chunk;
  });
  child.stderr.on("data", (chunk) => {
    log += chunk;
    errors += chunk;
  });
  const faults = () =>
    errors
      .split("\n")
      .filter((line) => line.trim() && !/^\{.*"level":"(trace|debug|info)"/.test(line))
      .filter((line) => !expected.some((pattern) => pattern.test(line)));

  const stop = async () => {
    await end(child, "SIGTERM", 25_000);
    await own?.drop();
    if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    if (faults().length > 0) throw new Error(`The instance reported faults:\n${faults().join("\n")}`);
  };
  const instance = { url, port, dataDir, databaseUrl, child, log: () => log, faults, stop };
  if (wait && !(await isUp(instance))) {
    await end(child, "SIGKILL", 5_000);
    await own?.drop();
    throw new Error(`The instance did not get ready:\n${log}`);
  }
  return instance;
}

/** Waits until `/readyz` says so; false when the process ends first. */
async function isUp({ url, child }: Pick<Instance, "url" | "child">): Promise<boolean> {
  for (let tries = 0; tries < 2400 && child.exitCode === null; tries++) {
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return true;
    await sleep(50);
  }
  return false;
}

/** Runs the host's tool beside an instance, as its operator would; what it printed, or an error with what it said. */
export async function operate(instance: Instance, ...words: string[]): Promise<string> {
  const { dataDir, databaseUrl, url } = instance;
  const env = { ...environment(url, dataDir), DATABASE_URL: databaseUrl ?? "", LANG: "C" };
  const child = spawn(process.execPath, [join(root, "bin/node.mjs"), "bin/parvis.ts", ...words], {
    cwd: root,
    env,
    stdio: "pipe",
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      said += chunk;
    });
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`parvis ${words.join(" ")} ended with ${code}:\n${said}`);
  return said;
}

const environment = (url: string, dataDir: string) =>
  ({
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NEXT_TELEMETRY_DISABLED: "1",
    APP_URL: url,
    DATA_DIR: dataDir,
    SECRET_KEY: testSecret,
  }) as unknown as NodeJS.ProcessEnv;

/** Sends a signal and waits for the end; SIGKILL when it takes longer than `patience` milliseconds. */
export async function end(child: ChildProcess, signal: NodeJS.Signals, patience: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  const late = setTimeout(() => child.kill("SIGKILL"), patience);
  await gone;
  clearTimeout(late);
}
