import { createTransport } from "nodemailer";
import { composition, type Outgoing } from "../compose.ts";
import { MailFault } from "../fault.ts";

type SmtpError = Error & { code?: string; command?: string; responseCode?: number; response?: string };

/** Hands a mail to the host's SMTP server. A server that falls silent is left when `signal` says so. */
export async function sendBySmtp(url: string, mail: Outgoing, signal: AbortSignal): Promise<void> {
  const transport = createTransport({
    url,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 15_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({ ...composition(mail), signal });
  } catch (error) {
    throw judge(error as SmtpError);
  }
}

/** The reply code (RFC 5321 4.2), its enhanced form (RFC 3463) and where it was said: who or what is refused. */
export function judge({ code = "", command = "", responseCode = 0, response = "", message }: SmtpError): MailFault {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})/.exec(response)?.[1] ?? "";
  const reason = [responseCode || code || message.slice(0, 60), enhanced, command].filter(Boolean).join(" ");
  if (responseCode < 500) return new MailFault(code === "EENVELOPE" && !responseCode ? "recipient" : "later", reason);
  // 5.7: not allowed to send this way; with a refused password or sender it is the host's to mend, and the mail waits.
  if (code === "EAUTH" || (command === "RCPT TO" && enhanced.startsWith("5.7."))) return new MailFault("later", reason);
  if (command === "RCPT TO") return new MailFault("recipient", reason);
  return new MailFault(command === "DATA" ? "message" : "later", reason);
}
