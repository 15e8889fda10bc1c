import { getConfig } from "#lib/config.ts";
import { type Outgoing, toBytes } from "./compose.ts";
import { MailFault } from "./fault.ts";
import { keepMail } from "./outbox.ts";
import { putFile } from "./transports/folder.ts";
import { sendByResend } from "./transports/resend.ts";
import { sendBySmtp } from "./transports/smtp.ts";

/**
 * Sends one mail by the configured transport, within `timeout` milliseconds. Sending it again uses the same bytes and
 * the same key.
 * @throws MailFault `later`, `message` or `recipient`
 */
export async function sendMail(mail: Outgoing, { timeout = 15_000 } = {}): Promise<void> {
  const config = getConfig().mail;
  const signal = AbortSignal.timeout(timeout);
  if (config.transport === "file") return putFile(config.directory, `${mail.id}.eml`, await toBytes(mail));
  if (config.transport === "outbox") return keepMail(config.directory, mail);
  const sent = config.transport === "smtp" ? sendBySmtp(config.url, mail, signal) : sendByResend(config, mail, signal);
  await Promise.race([sent, overdue(signal)]);
}

/** The last word on time, whatever a transport makes of its signal. */
const overdue = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new MailFault("later", "time-out")), { once: true });
  });
