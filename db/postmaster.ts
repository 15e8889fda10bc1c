import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, chmodSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export type Binaries = { postgres: string; initdb: string };
/** As whom the server runs when we are root, and what starts it so; null: as who we are. */
export type Identity = { uid: number; gid: number; prefix: string[] } | null;

const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "80",
  shared_buffers: "128MB",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_min_messages: "warning",
};

/** What to spawn, so that a binary runs under that identity. */
export const command = (
  binary: string,
  args: string[],
  identity: Identity,
): [string, string[], { uid?: number; gid?: number }] => {
  if (!identity) return [binary, args, {}];
  const { prefix, uid, gid } = identity;
  return prefix.length === 0 ? [binary, args, { uid, gid }] : [prefix[0]!, [...prefix.slice(1), binary, ...args], {}];
};

/** A postmaster whose owner was killed still holds the directory: it is ours by the lock, so it goes. */
export function endOrphan(data: string): void {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  const is = () => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(data);
    } catch {
      return false;
    }
  };
  if (!pid || !is()) return;
  process.kill(pid, "SIGINT");
  for (let tries = 0; tries < 100 && is(); tries++) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  if (is()) process.kill(pid, "SIGQUIT");
  for (let tries = 0; tries < 50 && is(); tries++) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
}

type Launch = { data: string; binaries: Binaries; identity: Identity; fast: boolean; port?: number };
type Running = { child: ChildProcess; port: number };

/** Starts the server and waits until it answers; on a free port unless one is given. */
async function launch({ data, binaries, identity, fast, port: given }: Launch): Promise<Running> {
  accessSync(binaries.postgres, constants.X_OK);
  if (identity) chmodSync(dirname(data), statSync(dirname(data)).mode | 0o011);
  const extra = fast
    ? { fsync: "off", full_page_writes: "off", synchronous_commit: "off", max_connections: "200" }
    : {};
  const flags = Object.entries({ ...settings, ...extra }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  for (let attempt = 1; ; attempt++) {
    const port = given ?? (await freePort());
    const [run, rest, options] = command(binaries.postgres, ["-D", data, "-p", String(port), ...flags], identity);
    const child = spawn(run, rest, { ...options, cwd: "/", stdio: ["ignore", "ignore", "pipe"], detached: true });
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said = (said + chunk).slice(-2000);
    });
    let ended = false;
    child.once("error", (error) => {
      said += error.message;
      ended = true;
    });
    tie(child);
    child.once("exit", () => {
      ended = true;
    });
    for (let tries = 0; tries < 600 && !ended; tries++) {
      if (isReady(data, child.pid)) return { child, port };
      await sleep(25);
    }
    if (!ended) child.kill("SIGQUIT");
    // Sessions of a killed server take a moment to notice; until then its shared memory is in use.
    if (attempt === 20) throw new Error(`The embedded PostgreSQL did not start: ${said.trim()}`);
    await sleep(attempt * 25);
  }
}

const tied = new Set<ChildProcess>();
const leave = () => {
  for (const child of tied) child.kill("SIGINT");
};
const deadly: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const heed = (signal: NodeJS.Signals) => {
  if (process.listeners(signal).every((listener) => listener === heed)) process.exit(deadly[signal]);
};

/**
 * An owner that ends takes its server along, from the server's first moment: whether it just exits, or is told to by a
 * signal that nobody else listens to, which would end it without a word.
 */
function tie(child: ChildProcess): void {
  if (tied.size === 0) {
    process.on("exit", leave);
    for (const signal of Object.keys(deadly)) process.on(signal, heed);
  }
  tied.add(child);
  child.once("exit", () => {
    tied.delete(child);
    if (tied.size > 0) return;
    process.removeListener("exit", leave);
    for (const signal of Object.keys(deadly)) process.removeListener(signal, heed);
  });
}

/** The pid file says so in its eighth line, if it is this server's and not one that a killed server left. */
function isReady(data: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
    return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
  } catch {
    return false;
  }
}

/**
 * Keeps a server running: one that ends unasked (killed, out of memory) is started again at the same port. `stop` is a
 * fast shutdown (SIGINT): sessions are ended, everything committed is on disk.
 */
export async function supervise(server: Launch): Promise<{ port: number; stop: () => Promise<void> }> {
  let { child, port } = await launch(server);
  let stopping = false;
  let starting: Promise<void> | null = null;
  const watch = () =>
    child.once("exit", () => {
      if (stopping) return;
      starting = launch({ ...server, port }).then(
        (again) => {
          child = again.child;
          watch();
        },
        (error: Error) => void process.stderr.write(`${error.message}\n`),
      );
    });
  watch();
  const stop = async () => {
    stopping = true;
    await starting;
    await end(child);
  };
  return { port, stop };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  const late = setTimeout(() => child.kill("SIGQUIT"), 10_000);
  await gone;
  clearTimeout(late);
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("No free port")),
      );
    });
  });
