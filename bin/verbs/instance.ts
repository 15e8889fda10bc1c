import type { Command } from "commander";
import { z } from "zod";
import { updateInstance } from "#lib/instance/commands.ts";
import { getInstance } from "#lib/instance/queries.ts";
import { zoneName } from "#lib/time.ts";
import { answer, atDesk, parsed, t } from "./desk.ts";
import { peerVerbs, showPeer } from "./peer.ts";

const line = (max: number) => z.string().trim().max(max, "too-long").optional();
const instanceChange = z.object({
  name: line(100).refine((value) => value !== "", "required"),
  description: line(500),
  contact: line(254),
  language: z.enum(["en", "fr"], "choice-invalid").optional(),
  registration: z.enum(["open", "approval", "closed"], "choice-invalid").optional(),
  timezone: z
    .string()
    .refine((value) => zoneName(value) !== null, "zone-unknown")
    .optional(),
  pictureCache: z.coerce
    .number("number-invalid")
    .int("number-invalid")
    .min(0)
    .max(1_000_000, "number-invalid")
    .optional(),
  addressRetentionDays: z.coerce
    .number("number-invalid")
    .int("number-invalid")
    .min(0, "number-invalid")
    .max(365, "number-invalid")
    .optional(),
});

async function set({
  json,
  retention,
  ...given
}: Record<string, string | undefined> & { json?: never }): Promise<void> {
  const change = parsed(instanceChange, { ...given, addressRetentionDays: retention });
  const known = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  if (Object.keys(known).length === 0) throw new Error(t("operator.changeNothing"));
  await atDesk(async ({ db }) => {
    await updateInstance(db, known);
    answer(json, await getInstance(db), t("operator.instanceChanged"));
  });
}

async function show(host: string | undefined, { json }: { json?: boolean }): Promise<void> {
  if (host) return showPeer(host, { json });
  await atDesk(async ({ db }) => {
    const instance = await getInstance(db);
    const lines = Object.entries(instance).map(
      ([name, value]) => `${name.padEnd(24)} ${value instanceof Date ? value.toISOString() : value}`,
    );
    answer(json, instance, lines);
  });
}

export function instanceVerbs(program: Command): void {
  const instance = program.command("instance").description(t("operator.instance"));
  instance
    .command("show")
    .description(t("operator.instanceShow"))
    .argument("[host]", t("operator.instanceShowHost"))
    .option("--json", t("operator.json"))
    .action(show);
  instance
    .command("set")
    .description(t("operator.instanceSet"))
    .option("--name <name>", t("operator.instanceName"))
    .option("--description <text>", t("operator.instanceDescription"))
    .option("--contact <contact>", t("operator.instanceContact"))
    .option("--language <language>", t("operator.instanceLanguage"))
    .option("--timezone <zone>", t("operator.instanceTimezone"))
    .option("--registration <open|approval|closed>", t("operator.instanceRegistration"))
    .option("--retention <days>", t("operator.instanceRetention"))
    .option("--picture-cache <megabytes>", t("operator.instancePictureCache"))
    .option("--json", t("operator.json"))
    .action(set);
  peerVerbs(instance);
  program
    .command("migrate")
    .description(t("operator.migrate"))
    .option("--json", t("operator.json"))
    // A running server has migrated already; otherwise opening the database does it.
    .action(({ json }: { json?: boolean }) =>
      atDesk(async () => answer(json, { migrated: true }, t("operator.migrated"))),
    );
}
