import { Resend } from "resend";
import { fromOf, headersOf, headerText, messageId, type Outgoing } from "../compose.ts";
import { MailFault } from "../fault.ts";

type Account = { apiKey: string; baseUrl: string | null };

/** Hands a mail to Resend. The row's id is the idempotency key: sent twice, it leaves once. */
export async function sendByResend({ apiKey, baseUrl }: Account, mail: Outgoing, signal: AbortSignal): Promise<void> {
  const resend = new Resend(apiKey, baseUrl ? { baseUrl: baseUrl.replace(/\/$/, "") } : {});
  const from = fromOf(mail);
  const { error, headers } = await resend.emails.send(
    {
      from: `"${from.name.replace(/["\\]/g, "\\$&")}" <${from.address}>`,
      to: mail.to,
      subject: headerText(mail.subject),
      text: mail.text,
      html: mail.html,
      headers: { "Message-ID": messageId(mail.id), ...headersOf(mail) },
      attachments: mail.attachments.map(({ filename, contentType, content, cid }) => ({
        filename,
        contentType,
        content: Buffer.from(content),
        ...(cid ? { contentId: cid } : {}),
      })),
    },
    { idempotencyKey: mail.id, signal },
  );
  if (error) refuse(error.statusCode ?? 0, error.name, error.message, headers?.["retry-after"]);
}

function refuse(status: number, name: string, message: string, wait: string | undefined): void {
  const reason = `${status || "no answer"} ${name}`;
  // The key was used with other content: an earlier try did leave, and the event was edited since.
  if (name === "invalid_idempotent_request") return;
  if (status === 422 || status === 400)
    throw new MailFault(/`?\bto\b`? field/.test(message) ? "recipient" : "message", reason);
  // All else heals: a limit, a fault of theirs, a key or a domain that the host must mend.
  throw new MailFault("later", reason, wait ? seconds(wait) : null);
}

/** Retry-After (RFC 9110 10.2.3) in seconds, an hour at most. */
function seconds(value: string, now = Date.now()): number {
  const wait = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - now) / 1000;
  return Number.isFinite(wait) ? Math.min(3600, Math.max(1, Math.ceil(wait))) : 60;
}
