import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterEach, describe, expect, it } from "vitest";
import { type Embedded, startEmbedded } from "./embedded.ts";

const script = fileURLToPath(new URL("./fixtures/owner.ts", import.meta.url));
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function directory(parent = tmpdir()): string {
  const path = mkdtempSync(join(parent, "parvis-embedded-"));
  ends.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function own(path: string, options = {}): Promise<Embedded> {
  const server = await startEmbedded(path, options);
  ends.push(() => server.stop());
  return server;
}

/** Another process that owns the directory; resolves to what it printed first: an address, or why not. */
async function owner(path: string, prefix: string[] = []): Promise<{ child: ChildProcess; said: string }> {
  const [run, ...rest] = [...prefix, process.execPath, script, path];
  const child = spawn(run!, rest, { stdio: ["ignore", "pipe", "pipe"], cwd: "/" });
  ends.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await gone;
  });
  const said = await new Promise<string>((resolve) => {
    let text = "";
    child.stdout.once("data", (chunk) => resolve(String(chunk).trim()));
    child.stderr.on("data", (chunk) => {
      text += chunk;
    });
    child.once("exit", () => resolve(text));
  });
  return { child, said };
}

async function query<T>(url: string, statement: string): Promise<T[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 5 });
  try {
    return (await sql.unsafe(statement)) as unknown as T[];
  } finally {
    await sql.end({ timeout: 0.2 });
  }
}

const postmaster = (path: string) =>
  Number(readFileSync(join(path, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
const alive = (pid: number) =>
  existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
const kill = async (child: ChildProcess) => {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
};
const root = process.getuid?.() === 0;
const readableByAll = (() => {
  try {
    execFileSync("setpriv", [
      "--reuid=65534",
      "--regid=65534",
      "--clear-groups",
      "test",
      "-r",
      script,
      "-a",
      "-x",
      process.execPath,
    ]);
    return true;
  } catch {
    return false;
  }
})();

describe("the embedded PostgreSQL", () => {
  it("starts in an empty directory, keeps its data over a stop, and stops with its owner", async () => {
    const path = directory();
    const first = await own(path);
    await query(first.url, "create table kept as select 42 as answer");
    const pid = postmaster(path);
    await first.stop();
    expect(alive(pid)).toBe(false);
    const second = await own(path);
    expect(await query(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
    expect(await query(second.url, "show server_version_num")).toEqual([
      { server_version_num: expect.stringMatching(/^18/) },
    ]);
  });

  it("listens on loopback alone, and to nobody without the password", async () => {
    const { url } = await own(directory());
    expect(await query(url, "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
    const guess = Object.assign(new URL(url), { password: "guess" }).href;
    await expect(query(guess, "select 1")).rejects.toThrow(/password authentication failed/);
  });

  it("keeps what is secret in its directory from other users", async () => {
    const path = directory();
    await own(path);
    expect(execFileSync("stat", ["-c", "%a", join(path, "postgres.json"), join(path, "postgres")]).toString()).toBe(
      "600\n700\n",
    );
    expect(existsSync(join(path, "initial-password"))).toBe(false);
  });

  it("refuses a second owner of a directory with a sentence that names it, and gives it to `share`", async () => {
    const path = directory();
    const { said: url } = await owner(path);
    const sentence = `${path} is in use by another Parvis process. Stop that one, or give this one a DATA_DIR of its own.`;
    await expect(startEmbedded(path)).rejects.toThrow(sentence);
    expect((await owner(path)).said).toBe(sentence);
    const link = join(directory(), "link");
    symlinkSync(path, link);
    await expect(startEmbedded(link)).rejects.toThrow("in use by another Parvis process");
    const shared = await startEmbedded(path, { share: true });
    expect(shared).toMatchObject({ url, owned: false });
    await shared.stop();
    expect(await query(url, "select 1 as here")).toEqual([{ here: 1 }]);
  });

  it("has one owner when many start at once where a killed one was", async () => {
    const path = directory();
    const { child } = await owner(path);
    await kill(child);
    const started = await Promise.all(Array.from({ length: 6 }, () => owner(path)));
    expect(started.filter(({ said }) => said.startsWith("postgres://"))).toHaveLength(1);
    expect(started.filter(({ said }) => /in use by another Parvis process/.test(said))).toHaveLength(5);
  });

  it("ends the server that a killed owner left behind, and keeps what was committed", async () => {
    const path = directory();
    const { child, said: url } = await owner(path);
    await query(url, "create table kept as select 1 as n");
    const orphan = postmaster(path);
    await kill(child);
    expect(alive(orphan)).toBe(true);
    await query(url, "insert into kept values (2)");
    const next = await own(path);
    expect(alive(orphan)).toBe(false);
    expect(await query(next.url, "select sum(n)::int as n from kept")).toEqual([{ n: 3 }]);
  });

  it("starts again where owner and server were both killed", async () => {
    const path = directory();
    for (let round = 1; round <= 3; round++) {
      const { child, said: url } = await owner(path);
      await query(url, "create table if not exists kept (n int); insert into kept values (1)");
      const busy = query(url, "select pg_sleep(60)").catch(() => {});
      await sleep(50);
      const pid = postmaster(path);
      await kill(child);
      process.kill(pid, "SIGKILL");
      await busy;
    }
    const next = await own(path);
    expect(await query(next.url, "select count(*)::int as n from kept")).toEqual([{ n: 3 }]);
  });

  it("comes back at the same address when its server is killed under it", async () => {
    const path = directory();
    const { url } = await own(path);
    await query(url, "create table kept as select 1 as n");
    process.kill(postmaster(path), "SIGKILL");
    const answer = async () => {
      for (let tries = 0; tries < 100; tries++) {
        const rows = await query<{ n: number }>(url, "select n from kept").catch(() => null);
        if (rows) return rows;
        await sleep(100);
      }
    };
    expect(await answer()).toEqual([{ n: 1 }]);
  });

  it("is not misled by the pid file of another life", async () => {
    const path = directory();
    const first = await own(path);
    await query(first.url, "create table kept as select 1 as n");
    await first.stop();
    writeFileSync(
      join(path, "postgres", "postmaster.pid"),
      `${process.pid}\n${path}/postgres\n0\n5432\n\n127.0.0.1\n\nready   \n`,
    );
    const second = await own(path);
    expect(await query(second.url, "select n from kept")).toEqual([{ n: 1 }]);
    expect(alive(process.pid)).toBe(true);
  });

  it("begins anew where a preparation was cut short", async () => {
    const path = directory();
    execFileSync("mkdir", ["-p", join(path, "postgres", "base")]);
    const { url } = await own(path);
    expect(await query(url, "select 1 as here")).toEqual([{ here: 1 }]);
  });

  it("leaves no server behind when its owner calls process.exit", async () => {
    const path = directory();
    const code = `const { startEmbedded } = await import(${JSON.stringify(new URL("./embedded.ts", import.meta.url).href)});
      await startEmbedded(${JSON.stringify(path)}); process.exit(3)`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: "ignore" });
    expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(3);
    const gone = async () => {
      for (let tries = 0; tries < 100; tries++) {
        if (!existsSync(join(path, "postgres", "postmaster.pid"))) return true;
        await sleep(50);
      }
      return false;
    };
    expect(await gone()).toBe(true);
  });

  it.skipIf(!root)("works for root below a directory that is closed to everybody else", async () => {
    const closed = directory("/root");
    chmodSync(closed, 0o700);
    const path = join(closed, "deep", "data");
    const { url } = await own(path);
    expect(await query(url, "select 1 as here")).toEqual([{ here: 1 }]);
    const status = readFileSync(`/proc/${postmaster(path)}/status`, "utf8");
    expect(status).not.toMatch(/^Uid:\s+0\b/m);
    expect(execFileSync("stat", ["-c", "%a", closed]).toString()).toBe("700\n");
  });

  it.skipIf(!root || !readableByAll)(
    "works for an ordinary user (needs root to become one, and a checkout that it can read)",
    async () => {
      const path = directory();
      chownSync(path, 65534, 65534);
      const { said: url } = await owner(path, ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]);
      expect(await query(url, "select 1 as here")).toEqual([{ here: 1 }]);
      expect(readFileSync(`/proc/${postmaster(path)}/status`, "utf8")).toMatch(/^Uid:\s+65534\b/m);
    },
  );
});
