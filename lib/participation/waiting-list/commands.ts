import { and, asc, eq, inArray, isNotNull, lte, type SQL, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { enqueueMail, enqueueMails } from "#lib/jobs/enqueue.ts";
import { placesLeft, queueMoves } from "#lib/policy/participation.ts";
import { takeSeats } from "../seats/commands.ts";
import { listOpenQueues } from "./queries.ts";

const { events, participations } = schema;

/** How many of a queue are looked at together: what a raised capacity may let in is not one statement each. */
const stride = 200;

/** How long a place is held for somebody who waited: a day, or until the event starts. */
const held: SQL = sql`least(now() + interval '24 hours', ${events.startTime})`;

/**
 * Gives seats back in the transaction that ends or shrinks an accepted participation, and hands them to who waits: the one
 * way to do so, so that no seat stays unsold while somebody waits for it.
 */
export async function releaseSeats(tx: Transaction, eventId: string, seats: number): Promise<void> {
  await tx
    .update(events)
    .set({ seatsTaken: sql`${events.seatsTaken} - ${seats}` })
    .where(eq(events.id, eventId));
  await promoteWaiting(tx, eventId);
}

/**
 * Gives free seats to those who wait, each time to the first in the queue whose party fits: the place is held for them,
 * and a mail says how long. Locks the event's row first, as all do who move seats.
 */
export async function promoteWaiting(tx: Transaction, eventId: string): Promise<void> {
  const [at] = await tx
    .select({ event: events, now: sql`now()`.mapWith(events.createdAt), until: held.mapWith(events.startTime) })
    .from(events)
    .where(eq(events.id, eventId))
    .for("no key update");
  if (!at || !queueMoves(at.event, at.now)) return;
  let left = placesLeft(at.event) ?? Number.POSITIVE_INFINITY;
  while (left > 0) {
    const waiting = await lockQueue(tx, eventId, left);
    const lucky: typeof waiting = [];
    for (const one of waiting) {
      if (1 + one.guests > left) continue;
      left -= 1 + one.guests;
      lucky.push(one);
    }
    if (lucky.length > 0) await offerPlaces(tx, eventId, lucky, at.until);
    if (waiting.length < stride) return;
  }
}

type Waiting = { id: string; guests: number };

/** The first in the queue whose parties are no larger than what is left. By index `participations_queue`. */
const lockQueue = (tx: Transaction, eventId: string, left: number): Promise<Waiting[]> =>
  tx
    .select({ id: participations.id, guests: participations.guests })
    .from(participations)
    .where(
      and(
        eq(participations.eventId, eventId),
        eq(participations.state, "waitlisted"),
        Number.isFinite(left) ? lte(participations.guests, Math.min(left - 1, 5)) : undefined,
      ),
    )
    .orderBy(asc(participations.waitlistedAt), asc(participations.id))
    .limit(stride)
    .for("update");

/** Holds a place for one who waits, whoever stands before them. @throws Refusal event-full, too-few-places. */
export const offerPlace = async (tx: Transaction, eventId: string, one: Waiting): Promise<void> => {
  const [at] = await tx
    .select({ until: held.mapWith(events.startTime) })
    .from(events)
    .where(eq(events.id, eventId));
  await offerPlaces(tx, eventId, [one], at!.until);
};

async function offerPlaces(tx: Transaction, eventId: string, lucky: Waiting[], until: Date): Promise<void> {
  const seats = lucky.reduce((sum, { guests }) => sum + 1 + guests, 0);
  await takeSeats(tx, eventId, seats);
  const ids = lucky.map(({ id }) => id);
  await tx
    .update(participations)
    // Whoever comes from another server is told by it that they are in, and has no link by which to keep the place.
    .set({
      state: "accepted",
      expiresAt: sql`case when ${participations.uri} is null then ${until.toISOString()}::timestamptz end`,
      updatedAt: sql`now()`,
    })
    .where(inArray(participations.id, ids));
  await enqueueMails(
    tx,
    ids.map((participationId) => ({ message: "place-offered" as const, participationId })),
  );
}

/**
 * Moves every queue on: held places that nobody kept lapse and go to the next, and seats that fell free by a change of the
 * event are handed out. Each in a transaction of its own; may run at any time and twice at once.
 */
export async function moveQueues(db: Database): Promise<void> {
  // By index `participations_offers`.
  const lapsed = await db
    .select({ id: participations.id, eventId: participations.eventId })
    .from(participations)
    .where(and(isOffer, lte(participations.expiresAt, sql`now()`)))
    .orderBy(asc(participations.expiresAt))
    .limit(10_000);
  for (const offer of lapsed) await transact(db, (tx) => endOffer(tx, offer));
  for (const eventId of await listOpenQueues(db)) await transact(db, (tx) => promoteWaiting(tx, eventId));
}

const isOffer = and(eq(participations.state, "accepted"), isNotNull(participations.expiresAt));

/** Takes a held place back, unless it was kept meanwhile. An event that was called off takes nothing from anybody. */
async function endOffer(tx: Transaction, { id, eventId }: { id: string; eventId: string }): Promise<void> {
  const [event] = await tx.select().from(events).where(eq(events.id, eventId)).for("no key update");
  const [row] = await tx
    .select({ guests: participations.guests })
    .from(participations)
    .where(and(eq(participations.id, id), isOffer, lte(participations.expiresAt, sql`now()`)))
    .for("update");
  if (!event || !row) return;
  const goesOn = event.state === "published" && event.status !== "cancelled";
  await tx
    .update(participations)
    .set({ expiresAt: null, updatedAt: sql`now()`, ...(goesOn ? { state: "left", leftAt: sql`now()` } : {}) })
    .where(eq(participations.id, id));
  if (!goesOn) return;
  await enqueueMail(tx, { message: "place-expired", participationId: id });
  await releaseSeats(tx, eventId, 1 + row.guests);
}
