import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { setConfig } from "#lib/config.ts";
import { parseConfig } from "../configuration.ts";
import { openRuntime } from "../runtime.ts";
import { fill } from "./events.ts";

const own = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

const children = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

export type Served = { url: string; memory: () => number; stop: () => Promise<void> };

async function start(
  file: string,
  args: string[],
  url: string,
  env: Record<string, string | undefined>,
  ready: string,
): Promise<Served> {
  const child = spawn(process.execPath, [file, ...args], {
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", "ignore", "pipe"],
  });
  children.add(child);
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said = (said + chunk).slice(-2_000);
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null || tries > 1_200) throw new Error(`The server did not start: ${said}`);
    if (
      await fetch(`${url}${ready}`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break;
    await sleep(100);
  }
  return {
    url,
    /** Resident, in bytes. */
    memory: () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0) * 1024,
    stop: async () => {
      child.kill("SIGTERM");
      await gone;
      children.delete(child);
    },
  };
}

/** A bare Node server that sends `bytes`. */
export async function startBare(bytes: number): Promise<Served> {
  const port = await freePort();
  return start(own("./bare.ts"), [String(port), String(bytes)], `http://127.0.0.1:${port}`, process.env, "/");
}

/** The production server on a database of its own with so many events. */
export async function startParvis(count: number, ics: string | null): Promise<Served> {
  const directory = mkdtempSync(join(tmpdir(), "parvis-bench-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings: Record<string, string> = {
    APP_URL: url,
    DATA_DIR: directory,
    PORT: String(port),
    HOST: "127.0.0.1",
    MAIL_URL: `file:${directory}/mail`,
    PARVIS_BENCHMARK: "1",
  };
  const runtime = await openRuntime(setConfig(parseConfig(settings, "production")));
  await fill(runtime.db, count, ics).finally(() => runtime.stop());
  const served = await start(own("../serve.ts"), ["start"], url, { ...settings, PATH: process.env.PATH }, "/readyz");
  return { ...served, stop: () => served.stop().then(() => rmSync(directory, { recursive: true, force: true })) };
}
