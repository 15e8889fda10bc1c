import { and, eq, gte, inArray, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { isId, newId } from "#lib/ids.ts";
import { enqueue, enqueueMail } from "#lib/jobs/enqueue.ts";
import { isPresent, joinObstacle, placesLeft } from "#lib/policy/participation.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { addressKey, canonicalAddress, linkToken, tokenHash } from "#lib/secrets.ts";
import { lockParticipation } from "../commands.ts";
import { mailOnRequest } from "../links/commands.ts";
import { isReachable } from "../queries.ts";
import { takeSeats } from "../seats/commands.ts";
import { offerPlace, promoteWaiting, releaseSeats } from "../waiting-list/commands.ts";
import { getDecidable, getDecidableEvent } from "./queries.ts";

const { mails, participations } = schema;

/** Milliseconds in which what an organiser did to somebody can be taken back: until then its mail waits. */
export const patience = 12_000;

const later = () => new Date(Date.now() + patience);

/** A participation of an event that the viewer runs, with its event, both locked. @throws Refusal not-found. */
async function lockDecidable(tx: Transaction, viewer: Viewer, id: string) {
  const found = isId(id) ? await getDecidable(tx, viewer, id) : null;
  if (!found) throw new Refusal("not-found");
  return lockParticipation(tx, found);
}

/**
 * Takes somebody off the list; the seats go to who waits. Told by mail, when it can no more be taken back.
 * @throws Refusal not-found, state-unchanged, event-over.
 */
export async function removeParticipation(db: Database, viewer: Viewer, id: string): Promise<void> {
  await transact(db, async (tx) => {
    const { row, event, now } = await lockDecidable(tx, viewer, id);
    if (!isPresent(row.state)) throw new Refusal("state-unchanged");
    if (event.endTime <= now) throw new Refusal("event-over");
    // Not "left": who was taken off does not come back by their own link.
    const change = { state: "rejected", decidedAt: sql`now()`, updatedAt: sql`now()`, expiresAt: null };
    await tx.update(participations).set(change).where(eq(participations.id, id));
    if (row.state === "accepted") await releaseSeats(tx, event.id, 1 + row.guests);
    if (row.uri) await enqueue(tx, "participation-answers", {}, { once: id, at: later() });
    if (isReachable(row)) await enqueueMail(tx, { message: "participation-left", participationId: id, at: later() });
  });
}

/**
 * Puts somebody who waits first in the queue; where enough seats are free, a place is held for them at once.
 * @throws Refusal not-found, state-unchanged.
 */
export async function moveUp(db: Database, viewer: Viewer, id: string): Promise<void> {
  await transact(db, async (tx) => {
    const { row, event } = await lockDecidable(tx, viewer, id);
    if (row.state !== "waitlisted") throw new Refusal("state-unchanged");
    const first = sql`(select min(q.waitlisted_at) - interval '1 second' from participations q
      where q.event_id = ${event.id} and q.state = 'waitlisted')`;
    await tx
      .update(participations)
      .set({ waitlistedAt: first, decidedAt: sql`now()`, updatedAt: sql`now()` })
      .where(eq(participations.id, id));
    const left = placesLeft(event);
    if (left === null || left >= 1 + row.guests) await offerPlace(tx, event.id, { id, guests: row.guests });
    else await promoteWaiting(tx, event.id);
  });
}

type AddedPerson = { name: string; email: string; guests: number; formId: string; language: string };

/**
 * Adds somebody by hand, who is then in: with an address they get the link to their place, and may leave by it.
 * Returns the participation's id; a form sent twice adds one.
 * @throws Refusal not-found, event-full and the like, email-invalid, already-listed.
 */
export async function addParticipation(
  db: Database,
  viewer: Viewer,
  eventId: string,
  person: AddedPerson,
): Promise<string> {
  const { name, guests, formId, language } = person;
  const canonical = person.email ? canonicalAddress(person.email) : null;
  if (person.email && !canonical) throw new Refusal("email-invalid", { field: "email" });
  return transact(db, async (tx) => {
    const at = await getDecidableEvent(tx, viewer, eventId);
    if (!at) throw new Refusal("not-found");
    const [known] = await tx.select().from(participations).where(eq(participations.formId, formId));
    if (known) return known.id;
    const obstacle = joinObstacle({ ...at.event, joinMode: "free", waitingList: false }, 1 + guests, at.now);
    if (obstacle) throw new Refusal(obstacle, { field: obstacle === "too-few-places" ? "guests" : "" });
    await takeSeats(tx, eventId, 1 + guests);
    const id = newId();
    const [row] = await tx
      .insert(participations)
      .values({
        ...{ id, eventId, name, guests, language, formId },
        email: canonical ? person.email : null,
        emailKey: canonical ? addressKey(canonical) : null,
        timezone: at.event.timezone,
        state: "accepted",
        source: "organizer",
        tokenHash: tokenHash(linkToken("participation", id, 0)),
        decidedAt: sql`now()`,
      })
      .onConflictDoNothing()
      .returning();
    if (!row) throw new Refusal("already-listed", { field: "email" });
    await mailOnRequest(tx, row, "participation-receipt");
    return id;
  });
}

/** What somebody was before the organiser acted. */
export type Before = { id: string; state: string };

/** The state of those of an event that the viewer may decide on. */
export async function statesOf(db: Database, viewer: Viewer, eventId: string, ids: string[]): Promise<Before[]> {
  const at = await getDecidableEvent(db, viewer, eventId);
  if (!at) throw new Refusal("not-found");
  const known = ids.filter(isId);
  if (known.length === 0) return [];
  return db
    .select({ id: participations.id, state: participations.state })
    .from(participations)
    .where(and(eq(participations.eventId, eventId), inArray(participations.id, known)));
}

/**
 * Takes back what was done to somebody, as long as its mail waits: the state before, with its seats.
 * @throws Refusal not-found, undo-too-late, event-full when the place has gone on.
 */
export async function undoDecision(db: Database, viewer: Viewer, before: Before): Promise<void> {
  await transact(db, async (tx) => {
    const { row, event, now } = await lockDecidable(tx, viewer, before.id);
    if (row.state === before.state) return;
    if (!row.decidedAt || now.getTime() - row.decidedAt.getTime() > patience) throw new Refusal("undo-too-late");
    if (before.state === "accepted") await takeSeats(tx, event.id, 1 + row.guests);
    await tx
      .update(participations)
      .set({ state: before.state, leftAt: null, decidedAt: null, updatedAt: sql`now()` })
      .where(eq(participations.id, row.id));
    if (row.state === "accepted") await releaseSeats(tx, event.id, 1 + row.guests);
    await tx
      .delete(mails)
      .where(
        and(
          eq(mails.participationId, row.id),
          eq(mails.state, "queued"),
          gte(mails.createdAt, row.decidedAt),
          inArray(mails.message, [
            "participation-approved",
            "participation-rejected",
            "participation-requested",
            "participation-left",
          ]),
        ),
      );
  });
}
