import { type ChildProcess, spawn } from "node:child_process";
import { constants, copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };

const root = fileURLToPath(new URL("..", import.meta.url));
/** Makes the first Node that reads it take itself for an old one. */
const old =
  "--import=data:text/javascript,process.env.AGED||(process.env.AGED='yes',Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.0.0'}}))";

describe.skipIf(!existsSync(join(root, "node_modules/.bin/node")))("what npm starts on a Node that is too old", () => {
  const directory = mkdtempSync(join(tmpdir(), "parvis-node-"));
  const pidFile = join(directory, "postgres", "postmaster.pid");
  // Another file than the Node that came by npm, as an old one is: that one is not started by itself.
  const system = join(directory, "node");
  beforeAll(() => copyFileSync(process.execPath, system, constants.COPYFILE_FICLONE));
  let shell: ChildProcess;
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  /** As npm runs `start`, but for its program: the smallest that owns a database. It leads a group of its own. */
  async function start(): Promise<ChildProcess> {
    const script = manifest.scripts.start.replace("bin/serve.ts start", `db/fixtures/owner.ts ${directory}`);
    const env = { ...process.env, npm_node_execpath: system, NODE_OPTIONS: old };
    shell = spawn("sh", ["-c", script], { cwd: root, env, detached: true, stdio: ["ignore", "pipe", "ignore"] });
    await new Promise((resolve) => shell.stdout!.once("data", resolve));
    return shell;
  }
  /** Whether anybody of the group, or the database, is still there; waits 10 s for their end. */
  async function anybodyLeft(group: number): Promise<boolean> {
    for (let tries = 0; tries < 200; tries++) {
      if (!existsSync(pidFile) && !isThere(-group)) return false;
      await sleep(50);
    }
    return true;
  }
  const isThere = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it.each([
    ["npm passes SIGTERM on", (pid: number) => process.kill(pid, "SIGTERM")],
    [
      "the terminal says SIGINT to all of them, and npm once more",
      (pid: number) => {
        process.kill(-pid, "SIGINT");
        process.kill(pid, "SIGINT");
      },
    ],
    ["the terminal is closed", (pid: number) => process.kill(-pid, "SIGHUP")],
    ["the first of them is killed", (pid: number) => process.kill(pid, "SIGKILL")],
  ])("ends with its database when %s", async (_, tell) => {
    const { pid } = await start();
    tell(pid!);
    const left = await anybodyLeft(pid!);
    if (left) process.kill(-pid!, "SIGKILL");
    expect(left).toBe(false);
  });
});
