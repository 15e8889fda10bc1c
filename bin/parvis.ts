import { Command, CommanderError } from "commander";
import { startLog } from "#lib/log.ts";
import { note, t } from "./verbs/desk.ts";
import { eventVerbs } from "./verbs/event.ts";
import { explain } from "./verbs/failure.ts";
import { instanceVerbs } from "./verbs/instance.ts";
import { jobsVerbs } from "./verbs/jobs.ts";
import { keysVerbs } from "./verbs/keys.ts";
import { mailVerbs } from "./verbs/mail.ts";
import { participationVerbs } from "./verbs/participation.ts";
import { registrationVerbs } from "./verbs/registration.ts";
import { setupVerbs } from "./verbs/setup.ts";
import { userVerbs } from "./verbs/user.ts";

const titles: Record<string, string> = {
  "Usage:": t("operator.usage"),
  "Arguments:": t("operator.arguments"),
  "Options:": t("operator.options"),
  "Commands:": t("operator.commands"),
};

const json = process.argv.includes("--json");

/** Our language and our exit codes on every command: 0 done, 1 refused or failed, 2 wrongly called. */
function prepare(command: Command): void {
  // What is wrong with the call is said once, as JSON.
  if (json) command.configureOutput({ writeErr: () => {} });
  command
    .exitOverride()
    .helpOption("-h, --help", t("operator.helpOption"))
    .configureHelp({ styleTitle: (title) => titles[title] ?? title });
  if (command.commands.length > 0) command.helpCommand("help [command]", t("operator.helpCommand"));
  for (const child of command.commands) prepare(child);
}

async function run(): Promise<number> {
  const program = new Command("npm run parvis --").description(t("operator.about"));
  for (const verbs of [
    setupVerbs,
    userVerbs,
    registrationVerbs,
    eventVerbs,
    participationVerbs,
    instanceVerbs,
    keysVerbs,
    mailVerbs,
    jobsVerbs,
  ])
    verbs(program);
  prepare(program);
  try {
    await program.parseAsync();
    return 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) return explain(error, json);
    if (error.exitCode === 0 || error.code === "commander.help") return 0;
    if (json) note(JSON.stringify({ error: { code: "usage", message: error.message.replace(/^error: /, "") } }));
    return 2;
  }
}

await startLog("error");
process.exitCode = await run().catch((error: Error) => {
  note(error.stack ?? error.message);
  return 1;
});
