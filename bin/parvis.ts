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
import { userVerbs } from "./verbs/user.ts";

const titles: Record<string, string> = {
  "Usage:": t("operator.usage"),
  "Arguments:": t("operator.arguments"),
  "Options:": t("operator.options"),
  "Commands:": t("operator.commands"),
};

/** Our language and our exit codes on every command: 0 done, 1 refused or failed, 2 wrongly called. */
function prepare(command: Command): void {
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
    if (error instanceof CommanderError) return error.exitCode === 0 || error.code === "commander.help" ? 0 : 2;
    return explain(error, process.argv.includes("--json"));
  }
}

await startLog("error");
process.exitCode = await run().catch((error: Error) => {
  note(error.stack ?? error.message);
  return 1;
});
