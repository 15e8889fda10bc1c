import { and, eq, type SQL, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import type { MailMessage } from "#lib/jobs/kinds.ts";
import { joinObstacle } from "#lib/policy/participation.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { addressKey, canonicalAddress, linkToken, tokenHash } from "#lib/secrets.ts";
import { replaceAnswers } from "../answers/commands.ts";
import { answersTo } from "../answers/input.ts";
import { refused } from "../commands.ts";
import type { JoinInput } from "../input.ts";
import { mailOnRequest } from "../links/commands.ts";
import { getJoinable } from "../queries.ts";

const { participations } = schema;
type Row = typeof participations.$inferSelect;
type Details = Pick<Row, "name" | "guests" | "message" | "language" | "timezone">;

export type JoinRequest = Omit<JoinInput, "website"> & {
  eventId: string;
  language: string;
  /** IANA zone of the person, if known; else the event's. */
  timezone?: string;
  /** Of the form that asks: however often it is sent, it makes one participation and one mail. */
  formId: string;
};

const lifetime: SQL = sql`now() + interval '48 hours'`;

/**
 * Asks to take part by e-mail: keeps the request 48 hours and mails its link. Who takes part already, was declined, or
 * asked a minute ago is handled without a word, so that the answer tells nobody who comes. Returns the participation's id.
 * @throws Refusal when the event cannot be joined, or with the field that does not fit it.
 */
export async function joinEvent(db: Database, viewer: Viewer, request: JoinRequest): Promise<string> {
  const canonical = canonicalAddress(request.email);
  if (!canonical) throw new Refusal("email-invalid", { field: "email" });
  return transact(db, async (tx) => {
    const joinable = await getJoinable(tx, viewer, request.eventId);
    if (!joinable) throw new Refusal("not-found");
    const { event, questions, now } = joinable;
    const obstacle = joinObstacle(event, 1 + request.guests, now);
    if (obstacle) throw refused(obstacle);
    if (request.guests > event.maximumGuests) throw new Refusal("guests-too-many", { field: "guests" });
    if (event.nameRequired && request.name === "") throw new Refusal("name-required", { field: "name" });
    const answers = answersTo(questions, request.answers);
    const details = {
      name: request.name,
      guests: request.guests,
      message: event.joinMode === "approval" ? request.message : "",
      language: request.language,
      timezone: request.timezone ?? event.timezone,
    };
    const address = { email: request.email, emailKey: addressKey(canonical) };
    const fresh = await insertRequest(tx, request, address, details);
    const { row, repeated, taken } = fresh ?? (await renewRequest(tx, request, address.emailKey, details));
    if (taken) await replaceAnswers(tx, row.id, answers);
    if (!repeated) await tellRequest(tx, row, request.email);
    return row.id;
  });
}

/**
 * Mails the link of a request once more, a minute after the last mail at the earliest; the same silence as `joinEvent`
 * for an address that asked nothing.
 */
export async function resendConfirmation(
  db: Database,
  _viewer: Viewer,
  { eventId, email }: { eventId: string; email: string },
): Promise<void> {
  const canonical = canonicalAddress(email);
  if (!canonical) throw new Refusal("email-invalid", { field: "email" });
  await transact(db, async (tx) => {
    const row = await lockRequest(tx, eventId, addressKey(canonical));
    if (row && !row.dead) await tellRequest(tx, row, email);
  });
}

const words: Record<string, MailMessage> = {
  unconfirmed: "confirm-participation",
  pending: "already-participating",
  accepted: "already-participating",
  waitlisted: "already-participating",
  tentative: "already-participating",
  left: "confirm-participation",
  rejected: "participation-rejected",
};

async function tellRequest(tx: Transaction, row: Found["row"], email: string): Promise<void> {
  const message = words[row.state];
  if (message && row.rested) await mailOnRequest(tx, { ...row, email }, message);
}

/** `repeated`: by the same form; `taken`: the row says what was typed just now. */
type Found = { row: Row & { rested: boolean; dead: boolean }; repeated: boolean; taken: boolean };

const { rested, dead } = {
  /** A minute has passed since the last mail that somebody asked for. */
  rested: sql<boolean>`coalesce(${participations.mailedAt} < now() - interval '60 seconds', true)`,
  dead: sql<boolean>`${participations.state} = 'unconfirmed' and ${participations.expiresAt} <= now()`,
};

/** Null when the event already has a row of this address. A form id that made another row is left to that one. */
async function insertRequest(
  tx: Transaction,
  { eventId, formId }: JoinRequest,
  address: { email: string; emailKey: Buffer },
  details: Details,
): Promise<Found | null> {
  for (const form of [formId, null]) {
    const id = newId();
    const [row] = await tx
      .insert(participations)
      .values({
        id,
        eventId,
        ...address,
        ...details,
        formId: form,
        state: "unconfirmed",
        tokenHash: tokenHash(linkToken("participation", id, 0)),
        expiresAt: lifetime,
      })
      .onConflictDoNothing()
      .returning();
    if (row) return { row: { ...row, rested: true, dead: false }, repeated: false, taken: true };
    if (await lockRequest(tx, eventId, address.emailKey)) return null;
  }
  return null;
}

/**
 * What an address asked before takes the newest details, as long as nothing was confirmed and a mail goes with them: behind
 * the link of this minute's mail they change by the form alone that asked. Anybody may type the address: who has left stays
 * so, with what they said, until they come back by their link.
 */
async function renewRequest(tx: Transaction, request: JoinRequest, key: Buffer, details: Details): Promise<Found> {
  const row = await lockRequest(tx, request.eventId, key);
  if (!row) throw new Error("A request vanished under its own lock.");
  const repeated = row.state === "unconfirmed" && !row.dead && row.formId === request.formId;
  const taken = row.state === "unconfirmed" && (row.dead || row.rested || repeated);
  if (!taken && row.state !== "left") return { row, repeated, taken };
  // A link that died stays dead: the next mail carries another.
  const tokenGeneration = row.tokenGeneration + (row.dead ? 1 : 0);
  const link = { tokenGeneration, tokenHash: tokenHash(linkToken("participation", row.id, tokenGeneration)) };
  const change = { ...link, ...(taken ? { ...details, expiresAt: lifetime } : {}), updatedAt: sql`now()` };
  await tx.update(participations).set(change).where(eq(participations.id, row.id));
  return { row: { ...row, ...(taken ? details : {}), ...link }, repeated, taken };
}

async function lockRequest(tx: Transaction, eventId: string, key: Buffer): Promise<Found["row"] | null> {
  const [found] = await tx
    .select({ row: participations, rested, dead })
    .from(participations)
    .where(and(eq(participations.eventId, eventId), eq(participations.emailKey, key)))
    .for("update");
  return found ? { ...found.row, rested: found.rested, dead: found.dead } : null;
}
