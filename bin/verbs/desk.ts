import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { z } from "zod";
import { setConfig } from "#lib/config.ts";
import { asLocale, type Locale, translator } from "#lib/locale/index.ts";
import { Refusal, type RefusalCode, refusals } from "#lib/refusal.ts";
import { ConfigFault, parseConfig, readSetting } from "../configuration.ts";
import { openRuntime, type Runtime } from "../runtime.ts";

type Env = Record<string, string | undefined>;

/** The operator's language: the first that the environment names (POSIX), English without. */
export const deskLocale = (env: Env): Locale => asLocale(env.LC_ALL || env.LC_MESSAGES || env.LANG?.replace("_", "-"));

export const locale = deskLocale(process.env);
export const t = translator(locale);

export const say = (line: string): unknown => process.stdout.write(`${line}\n`);
export const note = (line: string): unknown => process.stderr.write(`${line}\n`);

/** The answer of a verb: `data` with --json, else the sentences. */
export function answer(json: boolean | undefined, data: unknown, lines: string | string[]): void {
  say(json ? JSON.stringify(data, null, 2) : [lines].flat().join("\n"));
}

/**
 * Opens the database that the server uses, also while the server runs, does the work and closes it. Settings are those of
 * `npm start`; without APP_URL, the server found under DATA_DIR (demo, development) is meant, with its own origin.
 */
export async function atDesk<T>(work: (runtime: Runtime) => Promise<T>): Promise<T> {
  const { env } = process;
  const given = (name: string) => readSetting(env, name);
  const dataDir = resolve(given("DATA_DIR") ?? "./.data");
  const adopt = !given("APP_URL") && !given("DATABASE_URL") && existsSync(join(dataDir, "postgres.json"));
  if (adopt && !existsSync(join(dataDir, "secret.key")) && !given("SECRET_KEY"))
    throw new ConfigFault([t("operator.secretElsewhere", { directory: dataDir })]);
  const local = adopt || /^http:\/\/(localhost|127\.|\[::1\])/.test(given("APP_URL") ?? "");
  const settings = { ...env, PROCESS: "all", PROCESS_FILE: undefined };
  const config = setConfig(parseConfig(settings, local ? "development" : "production"));
  const runtime = await openRuntime(config, { share: true, max: 4, adopt });
  try {
    return await work(runtime);
  } finally {
    await runtime.stop();
  }
}

/** What was given on the command line, parsed. @throws Refusal with the field of the first fault. */
export function parsed<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const code = issue && issue.message in refusals ? (issue.message as RefusalCode) : "bad-form";
  throw new Refusal(code, { field: issue?.path.map(String).join(".") ?? "" });
}
