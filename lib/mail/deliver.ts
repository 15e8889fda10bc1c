import type { Database, Db } from "#db/client.ts";
import { mailStrip } from "#lib/formats/strip.ts";
import { toneOf } from "#lib/formats/tone.ts";
import type { AccountMessage } from "#lib/jobs/kinds.ts";
import { giveBack, trySpend } from "#lib/limits/commands.ts";
import { log } from "#lib/log.ts";
import { getSilence } from "#lib/notification/suppression/queries.ts";
import { isProven } from "#lib/participation/queries.ts";
import { unlessClosed } from "#lib/policy/event.ts";
import { addressKey } from "#lib/secrets.ts";
import { eventUri } from "#lib/urls.ts";
import { accountAddress, accountMatterOf, accountOccasions } from "./account.ts";
import { authorLetterOf, isOfAuthor } from "./author.ts";
import { postponeMail, settleMail, settleUnreachable } from "./commands.ts";
import type { Outgoing, Written } from "./compose.ts";
import { commentNamingOf, discussionNewsOf, namingOf } from "./discussion.ts";
import { MailFault } from "./fault.ts";
import { groupLetterOf, isOfGroup } from "./group.ts";
import { isWhole, matterOf, recipientOf } from "./matter.ts";
import { moderationLetterOf } from "./moderation.ts";
import { newsOf } from "./news.ts";
import { occasions } from "./occasions.ts";
import {
  type AccountMailRow,
  getAccountMail,
  getGroupMail,
  getMail,
  getStaffMail,
  getWaitingInvitation,
  type MailRow,
} from "./queries.ts";
import { sendMail } from "./send.ts";
import { invitationOf } from "./staff.ts";

const week = 7 * 24 * 3600_000;

/**
 * A mail as it is to leave, and whom it concerns (`counted`: against the allowance of its address, just now); the seconds
 * until it may; or why it leaves no more.
 */
type Prepared =
  | { mail: Outgoing; participationId: string | null; emailKey: Buffer | null; counted?: boolean }
  | { wait: number }
  | { drop: string }
  | { fail: string };

/**
 * Sends one mail, if what it says still holds and may still be said: links that have died, facts that have passed,
 * suppressed and erased addresses are dropped. May run twice: killed between sending and marking, it sends the same
 * bytes under the same key again.
 * @throws MailFault when it is to be tried again
 */
export async function deliverMail(db: Database, mailId: string, options: { timeout?: number } = {}): Promise<void> {
  const prepared = await prepare(db, mailId);
  if (!prepared) return;
  if ("drop" in prepared) return settleMail(db, mailId, "dropped", prepared.drop);
  if ("fail" in prepared) return settleMail(db, mailId, "failed", prepared.fail);
  if ("wait" in prepared) return postponeMail(db, mailId, prepared.wait);
  try {
    await sendMail(prepared.mail, options);
  } catch (error) {
    return fault(db, mailId, prepared, error);
  }
  await settleMail(db, mailId, "sent");
}

async function prepare(db: Database, mailId: string): Promise<Prepared | null> {
  const row = await getMail(db, mailId);
  if (row?.mail.state !== "queued") return null;
  if (row.now.getTime() - row.mail.createdAt.getTime() > week) return { fail: "a week old" };
  const written = await writtenOf(db, row);
  if (written === null) return { drop: "no longer true" };
  if (written) return prepareWritten(db, row.mail, written);
  return row.mail.participationId ? prepareForParticipant(db, row) : prepareForAccount(db, mailId);
}

async function prepareForParticipant(db: Database, found: MailRow): Promise<Prepared> {
  const { id: mailId, message: name, createdAt } = found.mail;
  const occasion = Object.hasOwn(occasions, name) ? occasions[name as keyof typeof occasions] : null;
  if (!occasion) return { drop: "unknown message" };
  const to = isWhole(found) ? recipientOf(found) : null;
  if (!isWhole(found) || !to) return { drop: "erased" };
  const row = unlessClosed(found);
  if (!occasion.holds(row)) return { drop: "no longer true" };
  const { participation } = row;
  const participationId = participation.id;
  const emailKey = participation.email ? participation.emailKey : addressKey(to);
  const silence = await getSilence(db, { emailKey, participationId });
  if (silence.server) return { drop: `suppressed: ${silence.server}` };
  if (silence.event && !occasion.answer) return { drop: "unsubscribed" };

  const seed = eventUri(row.event);
  const strip = { filename: "parvis.png", contentType: "image/png", cid: `strip.${mailId}` };
  const content = await mailStrip(seed, toneOf({ tone: row.event.tone, organizer: row.organizer }));
  const matter = matterOf(row, { ...strip, content });
  const message = await occasion.write(matter, row, db);
  const mail: Outgoing = {
    ...message,
    id: mailId,
    createdAt,
    to,
    sender: occasion.ofServer ? matter.instance : matter.event.organizer,
    language: matter.locale,
    unsubscribe: occasion.answer && participation.confirmedAt ? null : `${matter.stopUrl}/one-click`,
  };
  // Whoever runs an event may write down any address: it gets no more than it would by being typed into forms.
  const typed = participation.email !== null && participation.confirmedAt === null ? emailKey : null;
  const counted = !occasion.counted && typed !== null && !(await isProven(db, typed));
  const wait = counted ? await trySpend(db, "mail-unproven", to) : 0;
  return wait > 0 ? { wait } : { mail, participationId, emailKey, counted };
}

/** What concerns an account is never news: only an address that nobody has proven may stop it. */
async function prepareForAccount(db: Database, mailId: string): Promise<Prepared> {
  const row = await getAccountMail(db, mailId);
  const name = row?.mail.message ?? "";
  const occasion = Object.hasOwn(accountOccasions, name) ? accountOccasions[name as AccountMessage] : null;
  if (!row || !occasion) return { drop: "unknown message" };
  const to = accountAddress(row);
  if (!to) return { drop: "erased" };
  if (!occasion.holds(row)) return { drop: "no longer true" };
  const invitation = name === "sign-up-approved" ? await getWaitingInvitation(db, addressKey(to)) : null;
  const matter = accountMatterOf(row, to, invitation);
  const { instance: sender, locale: language, stopUrl: stop } = matter;
  return prepareWritten(db, row.mail, { message: occasion.write(matter), to, sender, language, stop });
}

/** Mails to an account that are written whole, by their message. */
const letters: Record<string, (db: Db, row: AccountMailRow) => Promise<Written | null>> = {
  "organizer-news": newsOf,
  "discussion-news": discussionNewsOf,
  "discussion-named": namingOf,
  "comment-named": commentNamingOf,
};

/** What is written whole, to whomever it is; null: it is true no more. Undefined: it is to a participant, or about an account. */
async function writtenOf(db: Database, { mail }: MailRow): Promise<Written | null | undefined> {
  const { id, message, data, staffId } = mail;
  const verdict = isOfAuthor(message) ? authorLetterOf : data.flagId ? moderationLetterOf : null;
  const write = Object.hasOwn(letters, message) ? letters[message]! : verdict;
  if (write) {
    const row = await getAccountMail(db, id);
    return row && write(db, row);
  }
  if (staffId) {
    const row = await getStaffMail(db, id);
    return row && invitationOf(db, row);
  }
  if (!isOfGroup(message)) return undefined;
  const row = await getGroupMail(db, id);
  return row && groupLetterOf(db, row);
}

/** It leaves, unless its address wants no mail from here. */
async function prepareWritten(
  db: Database,
  { id, createdAt }: MailRow["mail"],
  { message, to, sender, language, stop, emailKey = addressKey(to) }: Written,
): Promise<Prepared> {
  const { server } = await getSilence(db, { emailKey, participationId: null });
  if (server) return { drop: `suppressed: ${server}` };
  const mail = { ...message, id, createdAt, to, sender, language, unsubscribe: stop && `${stop}/one-click` };
  return { mail, participationId: null, emailKey };
}

async function fault(
  db: Database,
  mailId: string,
  { mail, participationId, emailKey, counted }: Extract<Prepared, { mail: Outgoing }>,
  error: unknown,
): Promise<void> {
  if (!(error instanceof MailFault)) throw error;
  const reason = error.message;
  if (error.kind === "later" && counted) await giveBack(db, "mail-unproven", mail.to);
  if (error.kind !== "later") log("mail").warn("A mail was refused for good", { mail: mailId, reason });
  if (error.kind === "recipient") return settleUnreachable(db, mailId, { participationId, emailKey, reason });
  if (error.kind === "message") return settleMail(db, mailId, "failed", reason);
  if (error.retryAfter === null) throw error;
  await postponeMail(db, mailId, error.retryAfter);
}
