import type { Database } from "#db/client.ts";
import { mailStrip } from "#lib/formats/strip.ts";
import { toneOf } from "#lib/formats/tone.ts";
import type { MailMessage } from "#lib/jobs/kinds.ts";
import { log } from "#lib/log.ts";
import { getSilence } from "#lib/notification/suppression/queries.ts";
import { absolute } from "#lib/urls.ts";
import { postponeMail, settleMail, settleUnreachable } from "./commands.ts";
import type { Outgoing } from "./compose.ts";
import { MailFault } from "./fault.ts";
import { isWhole, matterOf, stopPath } from "./matter.ts";
import { occasions } from "./occasions.ts";
import { getMail } from "./queries.ts";
import { sendMail } from "./send.ts";

const week = 7 * 24 * 3600_000;

/**
 * Sends one mail, if what it says still holds and may still be said: links that have died, facts that have passed,
 * suppressed and erased addresses are dropped. May run twice: killed between sending and marking, it sends the same
 * bytes under the same key again.
 * @throws MailFault when it is to be tried again
 */
export async function deliverMail(db: Database, mailId: string, options: { timeout?: number } = {}): Promise<void> {
  const row = await getMail(db, mailId);
  if (row?.mail.state !== "queued") return;
  const drop = (reason: string) => settleMail(db, mailId, "dropped", reason);
  const occasion = occasions[row.mail.message as MailMessage];
  if (!occasion) return drop("unknown message");
  if (!isWhole(row)) return drop("erased");
  if (row.now.getTime() - row.mail.createdAt.getTime() > week) return settleMail(db, mailId, "failed", "a week old");
  if (!occasion.holds(row)) return drop("no longer true");
  const { participation } = row;
  const silence = await getSilence(db, { emailKey: participation.emailKey, participationId: participation.id });
  if (silence.server) return drop(`suppressed: ${silence.server}`);
  if (silence.event && !occasion.answer) return drop("unsubscribed");

  const seed = row.event.id;
  const strip = { filename: "parvis.png", contentType: "image/png", cid: `strip.${mailId}` };
  const content = await mailStrip(seed, toneOf({ tone: row.event.tone, organizer: row.organizer }));
  const matter = matterOf(row, { ...strip, content });
  const message = await occasion.write(matter, row, db);
  const mail: Outgoing = {
    ...message,
    id: mailId,
    createdAt: row.mail.createdAt,
    to: participation.email!,
    sender: occasion.ofServer ? matter.instance : matter.event.organizer,
    language: matter.locale,
    unsubscribe: occasion.answer && participation.confirmedAt ? null : absolute(`${stopPath(participation)}/one-click`),
  };
  try {
    await sendMail(mail, options);
  } catch (error) {
    return fault(db, mailId, participation, error);
  }
  await settleMail(db, mailId, "sent");
}

async function fault(
  db: Database,
  mailId: string,
  { id, emailKey }: { id: string; emailKey: Buffer | null },
  error: unknown,
): Promise<void> {
  if (!(error instanceof MailFault)) throw error;
  const reason = error.message;
  if (error.kind !== "later") log("mail").warn("A mail was refused for good", { mail: mailId, reason });
  if (error.kind === "recipient") return settleUnreachable(db, mailId, { participationId: id, emailKey, reason });
  if (error.kind === "message") return settleMail(db, mailId, "failed", reason);
  if (error.retryAfter === null) throw error;
  await postponeMail(db, mailId, error.retryAfter);
}
