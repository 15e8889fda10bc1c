import type { Command } from "commander";
import { getConfig } from "#lib/config.ts";
import { newId } from "#lib/ids.ts";
import { getInstance } from "#lib/instance/queries.ts";
import { Refusal } from "#lib/refusal.ts";
import { canonicalAddress } from "#lib/secrets.ts";
import { absolute, ownHost } from "#lib/urls.ts";
import { answer, atDesk, locale, t } from "./desk.ts";

/** Sends one mail by the configured transport at once, not through the queue, so that what is wrong is said here. */
async function test(address: string, { json }: { json?: boolean }): Promise<void> {
  const to = canonicalAddress(address);
  if (!to) throw new Refusal("email-invalid");
  // Loaded here alone: transports take longer to load than most verbs to run.
  const { serverTest } = await import("#lib/mail/messages/server-test.ts");
  const { sendMail } = await import("#lib/mail/send.ts");
  await atDesk(async ({ db }) => {
    const { name } = await getInstance(db);
    const { transport } = getConfig().mail;
    const id = newId();
    const message = serverTest({ locale, t, host: ownHost(), instance: name, home: absolute("/") });
    await sendMail({ ...message, id, createdAt: new Date(), to, sender: name, language: locale, unsubscribe: null });
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
