import { execFile, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Target } from "./cannon.ts";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Builds the empty Next app, in about ten seconds. */
export async function buildBlank(): Promise<void> {
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  await promisify(execFile)(process.execPath, [next, "build", here("blank")], { env });
}

/** Starts one of the two; see `baseline.ts`. */
export async function startBaseline(kind: "bare" | "blank"): Promise<Target & { stop: () => void }> {
  const env = { ...process.env, NODE_ENV: "production" as const };
  const child = fork(here("baseline.ts"), [kind], { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const port = await new Promise<unknown>((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", () => reject(new Error(`The ${kind} baseline did not start.`)));
  });
  return { origin: `http://127.0.0.1:${port}`, pid: child.pid!, stop: () => child.disconnect() };
}
