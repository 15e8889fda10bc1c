import type { Database } from "#db/client.ts";
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
import type { Outgoing } from "./compose.ts";
import { commentNamingOf, discussionNewsOf, namingOf } from "./discussion.ts";
import { MailFault } from "./fault.ts";
import { groupLetterOf, isOfGroup } from "./group.ts";
import { isWhole, matterOf, recipientOf } from "./matter.ts";
import { moderationLetterOf } from "./moderation.ts";
import { newsOf } from "./news.ts";
import { occasions } from "./occasions.ts";
import { getAccountMail, getGroupMail, getMail, getStaffMail, getWaitingInvitation, type MailRow } from "./queries.ts";
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
  if (row.mail.message === "organizer-news") return prepareNews(db, mailId, newsOf);
  if (row.mail.message === "discussion-news") return prepareNews(db, mailId, discussionNewsOf);
  if (row.mail.message === "discussion-named") return prepareNews(db, mailId, namingOf);
  if (row.mail.message === "comment-named") return prepareNews(db, mailId, commentNamingOf);
  if (isOfAuthor(row.mail.message)) return prepareVerdict(db, mailId, authorLetterOf);
  if (row.mail.data.flagId) return prepareVerdict(db, mailId, moderationLetterOf);
  if (row.mail.staffId) return prepareForStaff(db, mailId);
  if (isOfGroup(row.mail.message)) return prepareForGroup(db, mailId);
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
  const emailKey = addressKey(to);
  const { server } = await getSilence(db, { emailKey, participationId: null });
  if (server) return { drop: `suppressed: ${server}` };
  const invitation = name === "sign-up-approved" ? await getWaitingInvitation(db, emailKey) : null;
  const matter = accountMatterOf(row, to, invitation);
  const mail: Outgoing = {
    ...occasion.write(matter),
    id: mailId,
    createdAt: row.mail.createdAt,
    to,
    sender: matter.instance,
    language: matter.locale,
    unsubscribe: matter.stopUrl && `${matter.stopUrl}/one-click`,
  };
  return { mail, participationId: null, emailKey };
}

/** Whoever is asked to help with an event is asked by mail once: an address that wants no mail from here is not. */
async function prepareForStaff(db: Database, mailId: string): Promise<Prepared> {
  const row = await getStaffMail(db, mailId);
  const invitation = row && (await invitationOf(db, row));
  if (!invitation) return { drop: "no longer true" };
  const { message, to, emailKey, language, stop } = invitation;
  const { server } = await getSilence(db, { emailKey, participationId: null });
  if (server) return { drop: `suppressed: ${server}` };
  const { id, createdAt } = row.mail;
  const sender = row.organizer!.name || row.organizer!.handle;
  const mail = { ...message, id, createdAt, to, sender, language, unsubscribe: `${stop}/one-click` };
  return { mail, participationId: null, emailKey };
}

async function prepareNews(db: Database, mailId: string, tell: typeof newsOf): Promise<Prepared> {
  const row = await getAccountMail(db, mailId);
  const news = row && (await tell(db, row));
  if (!news) return { drop: "no longer true" };
  const { message, to, language, stop, sender } = news;
  const emailKey = addressKey(to);
  const { server } = await getSilence(db, { emailKey, participationId: null });
  if (server) return { drop: `suppressed: ${server}` };
  const { id, createdAt } = row.mail;
  const mail = { ...message, id, createdAt, to, sender, language, unsubscribe: `${stop}/one-click` };
  return { mail, participationId: null, emailKey };
}

/** Who moderates hears of reports, who was decided about of the decision, who made an event of what its group did to it: none is news that one could switch off. */
async function prepareVerdict(db: Database, mailId: string, tell: typeof moderationLetterOf): Promise<Prepared> {
  const row = await getAccountMail(db, mailId);
  const letter = row && (await tell(db, row));
  if (!letter) return { drop: "no longer true" };
  const { message, to, language } = letter;
  const emailKey = addressKey(to);
  const { server } = await getSilence(db, { emailKey, participationId: null });
  if (server) return { drop: `suppressed: ${server}` };
  const { id, createdAt } = row.mail;
  const mail = { ...message, id, createdAt, to, sender: row.instance.name, language, unsubscribe: null };
  return { mail, participationId: null, emailKey };
}

/** What concerns one's groups: an address that wants no mail from here gets none of it. */
async function prepareForGroup(db: Database, mailId: string): Promise<Prepared> {
  const row = await getGroupMail(db, mailId);
  const letter = row && (await groupLetterOf(db, row));
  if (!letter) return { drop: "no longer true" };
  const { message, to, emailKey, language, stop } = letter;
  const { server } = await getSilence(db, { emailKey, participationId: null });
  if (server) return { drop: `suppressed: ${server}` };
  const { id, createdAt } = row.mail;
  const sender = row.group!.name || row.group!.handle;
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
