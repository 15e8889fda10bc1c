import { eq, sql } from "drizzle-orm";
import { type Database, type Db, schema } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { addressKey, canonicalAddress, linkToken, tokenHash } from "#lib/secrets.ts";
import { type JoinRequest, joinEvent } from "./request/commands.ts";

const { actors, events, participations, questions } = schema;
const hour = 3_600_000;

/** A published, free event of tomorrow, changed as the test wants it. */
export async function makeEvent(db: Database, change: Partial<typeof events.$inferInsert> = {}) {
  const organizerId = change.organizerId ?? newId();
  if (!change.organizerId)
    await db
      .insert(actors)
      .values({ id: organizerId, type: "Person", handle: `o${organizerId.replaceAll("-", "").slice(-20)}` });
  const id = newId();
  const startTime = new Date(Date.now() + 24 * hour);
  const [event] = await db
    .insert(events)
    .values({
      id,
      uid: id,
      organizerId,
      state: "published",
      name: "Repair café",
      timezone: "Europe/Paris",
      startWall: "2030-01-01 19:00:00",
      startTime,
      endTime: new Date(startTime.getTime() + 2 * hour),
      tzdata: "test",
      ...change,
    })
    .returning();
  return event!;
}

export async function askQuestion(db: Database, eventId: string, change: Partial<typeof questions.$inferInsert> = {}) {
  const [row] = await db
    .insert(questions)
    .values({ id: newId(), eventId, position: 1, kind: "text", label: "What do you bring?", ...change })
    .returning();
  return row!;
}

export const request = (eventId: string, change: Partial<JoinRequest> = {}): JoinRequest => ({
  eventId,
  email: "ada@example.org",
  name: "Ada",
  guests: 0,
  message: "",
  answers: {},
  language: "en",
  formId: newId(),
  ...change,
});

/** Asks to join and hands over the token that the mail would carry. */
export async function join(db: Database, eventId: string, change: Partial<JoinRequest> = {}): Promise<string> {
  return tokenOf(db, await joinEvent(db, visitor, request(eventId, change)));
}

export async function tokenOf(db: Db, id: string): Promise<string> {
  const row = await getRow(db, id);
  return linkToken("participation", id, row.tokenGeneration);
}

export async function getRow(db: Db, id: string) {
  const [row] = await db.select().from(participations).where(eq(participations.id, id));
  return row!;
}

export const listRows = (db: Db, eventId: string) =>
  db.select().from(participations).where(eq(participations.eventId, eventId));

/** The mails written for an event's participants, in order. */
export async function listMails(db: Db, eventId: string): Promise<string[]> {
  const rows = await db
    .select({ message: schema.mails.message })
    .from(schema.mails)
    .innerJoin(participations, eq(participations.id, schema.mails.participationId))
    .where(eq(participations.eventId, eventId))
    .orderBy(schema.mails.createdAt);
  return rows.map(({ message }) => message);
}

/** The event's counter, and what it must be: the seats of those who are accepted. */
export async function countSeats(db: Db, eventId: string): Promise<{ taken: number; held: number; accepted: number }> {
  const [row] = await db.execute<{ taken: number; held: number; accepted: number }>(sql`
    select e.seats_taken as taken, coalesce(sum(1 + p.guests), 0)::int as held, count(p.id)::int as accepted
    from events e left join participations p on p.event_id = e.id and p.state = 'accepted'
    where e.id = ${eventId} group by e.id`);
  return row!;
}

/** Many requests that wait for their confirmation, in one statement. Returns their tokens. */
export async function makeRequests(db: Database, eventId: string, count: number, guests = (_: number) => 0) {
  const ids = Array.from({ length: count }, () => newId());
  const tokens = ids.map((id) => linkToken("participation", id, 0));
  await db.insert(participations).values(
    ids.map((id, i) => {
      const email = `p${i}@example.org`;
      return {
        id,
        eventId,
        email,
        emailKey: addressKey(canonicalAddress(email)!),
        guests: guests(i),
        state: "unconfirmed",
        language: "en",
        timezone: "UTC",
        tokenHash: tokenHash(tokens[i]!),
        expiresAt: sql`now() + interval '48 hours'`,
      };
    }),
  );
  return tokens;
}

/** Turns the clock of one request: its expiry and its last mail lie so many seconds earlier. */
export const pass = (db: Db, eventId: string, seconds: number) =>
  db.execute(sql`update participations set
    expires_at = expires_at - ${seconds} * interval '1 second',
    mailed_at = mailed_at - ${seconds} * interval '1 second'
    where event_id = ${eventId}`);
