import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const sources = [
  "app",
  "lib",
  "db/schema",
  "public",
  "next.config.ts",
  "instrumentation.ts",
  "postcss.config.mjs",
  "package-lock.json",
];

/** When the newest source was written, in milliseconds. Tests are no sources. */
function newest(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return /\.(test|e2e)\.tsx?$/.test(path) ? 0 : stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Builds Next's pages when there is no build or a source is newer than it. Needs no network. */
export async function ensureBuilt(say: (line: string) => void = () => {}): Promise<void> {
  const stamp = join(root, ".next", "BUILD_ID");
  const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  if (builtAt > Math.max(...sources.map((name) => newest(join(root, name))))) return;
  say("Building the pages (once, and after each update) …");
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  let output = "";
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn(process.execPath, [next, "build"], {
      cwd: root,
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    // Told to stop, we wait for no build.
    const leave = () => void child.kill();
    process.once("exit", leave);
    const keep = (chunk: Buffer) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("exit", (code) => {
      process.removeListener("exit", leave);
      resolve(code);
    });
  });
  if (code !== 0) throw new Error(`The pages could not be built:\n${output}`);
}
