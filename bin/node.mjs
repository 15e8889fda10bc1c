// Runs the file named on the command line on the running Node when that is new enough, else on the Node that came by
// npm (optionalDependencies node-linux-*). Plain JavaScript, so that any Node can read it.
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import * as modules from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
const newEnough = major > 22 || (major === 22 && minor >= 22);
// npm puts node_modules/.bin first on the PATH, so `node` is already ours; npm_node_execpath is the one npm itself runs on.
const script = process.argv[2];
const args = process.argv.slice(3);
const bundled = fileURLToPath(new URL("../node_modules/.bin/node", import.meta.url));

if (newEnough) {
  // The wrapper below holds the other end of this channel: when it is gone, even killed, so are we, and in good order.
  if (process.channel) {
    process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
    process.channel.unref();
  }
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  // What was compiled once is kept: each later start is a third cheaper. Where nothing can be written, it is as before.
  modules.enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/node", import.meta.url)));
  await import("./resolution.mjs");
  const file = fileURLToPath(new URL(`../${script}`, import.meta.url));
  process.argv = [process.argv[0], file, ...args];
  await import(pathToFileURL(file).href);
} else if (existsSync(bundled) && realpathSync(bundled) !== realpathSync(process.execPath)) {
  const child = spawn(bundled, [...process.execArgv, fileURLToPath(import.meta.url), script, ...args], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
} else {
  process.stderr.write(
    `Parvis needs Node 22.22 or newer; this is ${process.versions.node}. Install a newer Node and run npm ci again.\n`,
  );
  process.exit(1);
}
