import type { Command } from "commander";
import { getConfig } from "#lib/config.ts";
import { answer, atDesk, locale, t } from "./desk.ts";

/** Sends one mail by the configured transport at once, not through the queue, so that what is wrong is said here. */
async function test(address: string, { json }: { json?: boolean }): Promise<void> {
  // Loaded here alone: transports take longer to load than most verbs to run.
  const { sendTrial } = await import("#lib/mail/trial.ts");
  await atDesk(async ({ db }) => {
    const { id, to } = await sendTrial(db, { to: address, locale });
    const { transport } = getConfig().mail;
    answer(json, { id, to, transport }, t("operator.mailSent", { to, transport }));
  });
}

export function mailVerbs(program: Command): void {
  const mail = program.command("mail").description(t("operator.mail"));
  mail
    .command("test")
    .description(t("operator.mailTest"))
    .argument("<address>", t("operator.mailAddress"))
    .option("--json", t("operator.json"))
    .action(test);
}
