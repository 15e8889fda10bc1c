import { and, eq, inArray, or, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import { mac, readSignedId, signedId } from "#lib/secrets.ts";
import { unsubscribePath } from "#lib/urls.ts";
import { isSubject, type Subject } from "../choice/matrix.ts";

const { events, participations, suppressions } = schema;

/** Where "nothing more about this event" is kept for a participation. */
export const silenceKey = (participationId: string): Buffer => mac("unsubscribe", "participation", participationId);

export type Silence = {
  /** Why the address gets nothing at all; null: it may. */
  server: "asked" | "bounce" | "complaint" | null;
  /** Whether the participation gets nothing that was not asked for. */
  event: boolean;
};

/**
 * What may not be sent any more. Two rows by primary key. An address that bounced is tried again after 30 days:
 * mailboxes come back, and their owners cannot ask.
 */
export async function getSilence(
  db: Db,
  { emailKey, participationId }: { emailKey: Buffer | null; participationId: string | null },
): Promise<Silence> {
  const silence = participationId ? silenceKey(participationId) : null;
  const keys = [emailKey, silence].filter((key) => key !== null);
  if (keys.length === 0) return { server: null, event: false };
  const rows = await db
    .select({ key: suppressions.key, reason: suppressions.reason })
    .from(suppressions)
    .where(
      and(
        inArray(suppressions.key, keys),
        or(sql`${suppressions.reason} <> 'bounce'`, sql`${suppressions.createdAt} > now() - interval '30 days'`),
      ),
    );
  const found = (key: Buffer | null) => rows.find((row) => key && row.key.equals(key));
  return {
    server: (found(emailKey)?.reason as Silence["server"]) ?? null,
    event: found(silence) !== undefined,
  };
}

/** Whether a participant gets no mail about their place any more. As `getSilence`. */
export async function isSilenced(db: Db, { id, emailKey }: { id: string; emailKey: Buffer | null }): Promise<boolean> {
  const { server, event } = await getSilence(db, { emailKey, participationId: id });
  return server !== null || event;
}

/**
 * What a mailed stop link is about. An address without participation: nobody proved it, and all mail to it may be
 * stopped. `choice`: one row of an account's matrix, or with `discussionId` one discussion of its groups, and nothing else.
 */
export type StopLink = {
  participationId: string | null;
  emailKey: Buffer | null;
  eventName: string | null;
  choice: { accountId: string; subject: Subject; discussionId: string | null } | null;
};

const nothing: StopLink = { participationId: null, emailKey: null, eventName: null, choice: null };

/** The page to switch one row of an account's matrix off, without end and without signing in. */
export const choiceStopPath = (accountId: string, subject: Subject): string =>
  unsubscribePath(signedId("unsubscribe", `${subject}~${accountId}`));

/** The page to switch the mail about one discussion off, likewise. */
export const discussionStopPath = (accountId: string, discussionId: string): string =>
  unsubscribePath(signedId("unsubscribe", `discussion~${accountId}~${discussionId}`));

/** The page to stop all mail to an address, by its HMAC, likewise. */
export const addressStopPath = (emailKey: Buffer): string =>
  unsubscribePath(signedId("unsubscribe", emailKey.toString("hex")));

/** The subject of `/unsubscribe/{signed}`, or null for a link that we did not make. It works for ever. */
export async function getStopLink(db: Db, signed: string): Promise<StopLink | null> {
  const id = readSignedId("unsubscribe", signed);
  if (!id) return null;
  const [subject = "", accountId, discussionId] = id.split("~");
  if (subject === "discussion" && isId(accountId) && isId(discussionId))
    return { ...nothing, choice: { accountId, subject: "discussions", discussionId } };
  if (isId(accountId) && isSubject(subject)) return { ...nothing, choice: { accountId, subject, discussionId: null } };
  if (!isId(id)) return /^[0-9a-f]{64}$/.test(id) ? { ...nothing, emailKey: Buffer.from(id, "hex") } : null;
  const [row] = await db
    .select({ emailKey: participations.emailKey, eventName: events.name })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .where(eq(participations.id, id));
  return { ...nothing, participationId: id, emailKey: row?.emailKey ?? null, eventName: row?.eventName ?? null };
}
