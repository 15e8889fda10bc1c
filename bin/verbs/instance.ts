import type { Command } from "commander";
import { z } from "zod";
import { follow, unfollow } from "#lib/actor/follow/commands.ts";
import { judgePeer } from "#lib/federation/peers/commands.ts";
import { listPeers } from "#lib/federation/peers/queries.ts";
import { updateInstance } from "#lib/instance/commands.ts";
import { getInstance } from "#lib/instance/queries.ts";
import { operator } from "#lib/policy/viewer.ts";
import { zoneName } from "#lib/time.ts";
import { answer, atDesk, parsed, t } from "./desk.ts";

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

async function show({ json }: { json?: boolean }): Promise<void> {
  await atDesk(async ({ db }) => {
    const instance = await getInstance(db);
    const lines = Object.entries(instance).map(
      ([name, value]) => `${name.padEnd(24)} ${value instanceof Date ? value.toISOString() : value}`,
    );
    answer(json, instance, lines);
  });
}

type Json = { json?: boolean };

/** The instance's own actor follows another's, or stops. */
const followServer =
  (wanted: boolean) =>
  async (host: string, { json }: Json) => {
    await atDesk(async ({ db }) => {
      // Loaded here alone: Fedify takes longer to load than most verbs to run.
      const { instanceActor } = await import("#lib/federation/actors.ts");
      const { instanceActorOf } = await import("#lib/federation/remote/lookup.ts");
      const [own, other] = [await instanceActor(db), await instanceActorOf(db, host.toLowerCase())];
      if (wanted) await follow(db, operator, own.id, other.id);
      else await unfollow(db, operator, own.id, other.id);
      const said = wanted ? "operator.instanceFollowed" : "operator.instanceUnfollowed";
      answer(json, { host, actor: other.uri, followed: wanted }, t(said, { host }));
    });
  };

const judge =
  (standing: "open" | "suspended") =>
  async (host: string, { json }: Json) => {
    await atDesk(async ({ db }) => {
      await judgePeer(db, operator, host, standing);
      answer(
        json,
        { host, standing },
        t(standing === "open" ? "operator.instanceUnblocked" : "operator.instanceBlocked", { host }),
      );
    });
  };

async function peers({ json }: Json): Promise<void> {
  await atDesk(async ({ db }) => {
    const all = await listPeers(db);
    const lines = all.map(({ host, standing, failures, heardAt, reason }) =>
      [host, standing, failures || "", heardAt?.toISOString() ?? "-", reason].join("\t"),
    );
    answer(json, all, lines.length > 0 ? lines : t("operator.instancePeersNone"));
  });
}

export function instanceVerbs(program: Command): void {
  const instance = program.command("instance").description(t("operator.instance"));
  instance.command("show").description(t("operator.instanceShow")).option("--json", t("operator.json")).action(show);
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
    .option("--json", t("operator.json"))
    .action(set);
  const about = (name: string, description: string, act: (host: string, options: Json) => Promise<void>) =>
    instance
      .command(name)
      .description(description)
      .argument("<host>", t("operator.instanceHost"))
      .option("--json", t("operator.json"))
      .action(act);
  about("follow", t("operator.instanceFollow"), followServer(true));
  about("unfollow", t("operator.instanceUnfollow"), followServer(false));
  about("block", t("operator.instanceBlock"), judge("suspended"));
  about("unblock", t("operator.instanceUnblock"), judge("open"));
  instance.command("peers").description(t("operator.instancePeers")).option("--json", t("operator.json")).action(peers);
  program
    .command("migrate")
    .description(t("operator.migrate"))
    .option("--json", t("operator.json"))
    // A running server has migrated already; otherwise opening the database does it.
    .action(({ json }: { json?: boolean }) =>
      atDesk(async () => answer(json, { migrated: true }, t("operator.migrated"))),
    );
}
