import type { Command } from "commander";
import { removeRule, setRule } from "#lib/account/rules/commands.ts";
import { listRules } from "#lib/account/rules/queries.ts";
import { operator } from "#lib/policy/viewer.ts";
import { answer, atDesk, t } from "./desk.ts";

type Options = { json?: boolean };

const line = ({ pattern, allowed }: { pattern: string; allowed: boolean }) =>
  t(allowed ? "operator.registrationAllowed" : "operator.registrationDenied", { pattern });

async function list({ json }: Options): Promise<void> {
  await atDesk(async ({ db }) => {
    const rules = await listRules(db);
    answer(json, rules, rules.length > 0 ? rules.map(line) : t("operator.registrationNone"));
  });
}

const set =
  (allowed: boolean) =>
  async (text: string, { json }: Options): Promise<void> => {
    await atDesk(async ({ db }) => {
      const rule = { pattern: await setRule(db, operator, { pattern: text, allowed }), allowed };
      answer(json, rule, line(rule));
    });
  };

async function remove(text: string, { json }: Options): Promise<void> {
  await atDesk(async ({ db }) => {
    await removeRule(db, operator, text);
    answer(json, { removed: text }, t("operator.registrationRemoved"));
  });
}

export function registrationVerbs(program: Command): void {
  const rules = program.command("registration").description(t("operator.registration"));
  rules.command("list").description(t("operator.registrationList")).option("--json", t("operator.json")).action(list);
  const verbs = [
    ["allow", t("operator.registrationAllow"), set(true)],
    ["deny", t("operator.registrationDeny"), set(false)],
    ["remove", t("operator.registrationRemove"), remove],
  ] as const;
  for (const [name, description, act] of verbs)
    rules
      .command(name)
      .description(description)
      .argument("<pattern>", t("operator.registrationPattern"))
      .option("--json", t("operator.json"))
      .action(act);
}
