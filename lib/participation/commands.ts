import { and, eq, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";
import { isInner, isTakenDown, openToParticipant } from "#lib/policy/event.ts";
import { isPresent, type Obstacle } from "#lib/policy/participation.ts";
import { Refusal } from "#lib/refusal.ts";
import { isToken, tokenHash } from "#lib/secrets.ts";
import { admit } from "./admission/commands.ts";
import { replaceAnswers } from "./answers/commands.ts";
import { answersTo } from "./answers/input.ts";
import type { ChangeInput } from "./input.ts";
import { listQuestions } from "./queries.ts";
import { takeSeats } from "./seats/commands.ts";
import { promoteWaiting, releaseSeats } from "./waiting-list/commands.ts";

const { events, participations } = schema;

export type ParticipationRow = typeof participations.$inferSelect;
export type Locked = { row: ParticipationRow; event: typeof events.$inferSelect; now: Date };

const over = ({ event, now }: Locked) => event.endTime <= now;

/**
 * Confirms a request by its mailed token, or comes back after leaving: takes the seats and sends the receipt, hands the
 * request to the organiser where the event is by approval, or puts it at the end of the queue where no places are left.
 * Keeps a place that is held for somebody who waited. A second time changes nothing and says `repeated`.
 * @throws Refusal `not-found` for a token that is unknown or dead, or why the event cannot be joined (any more), which is
 * `event-not-open` also to whom it is not open any more.
 */
export async function confirmParticipation(
  db: Database,
  token: string,
  input: { guests?: number } = {},
): Promise<{ state: string; repeated: boolean }> {
  return transact(db, async (tx) => {
    const locked = await lockByToken(tx, token);
    const { row, now } = locked;
    await expectOpen(tx, locked);
    if (row.state === "accepted" && row.expiresAt) return keepPlace(tx, locked);
    if (isPresent(row.state) && row.state !== "tentative") return { state: row.state, repeated: true };
    if (row.state === "rejected") throw new Refusal("already-decided");
    const { event } = locked;
    const guests = input.guests ?? row.guests;
    if (guests > event.maximumGuests && guests > row.guests) throw new Refusal("guests-too-many", { field: "guests" });
    const admitted = await admit(tx, event, 1 + guests, now);
    if ("obstacle" in admitted) throw refused(admitted.obstacle);
    const { state } = admitted;
    await set(tx, row, {
      state,
      guests,
      confirmedAt: sql`coalesce(${participations.confirmedAt}, now())`,
      // The clock of the lock, not of the transaction's begin: who came first stands first.
      waitlistedAt: state === "waitlisted" ? sql`clock_timestamp()` : null,
      expiresAt: null,
    });
    const message = state === "accepted" ? "participation-receipt" : "participation-requested";
    await enqueueMail(tx, { message, participationId: row.id });
    return { state, repeated: false };
  });
}

/** @throws Refusal `event-not-open` to whom it is not open any more. By primary keys. */
async function expectOpen(tx: Transaction, { row: { id }, event }: Locked): Promise<void> {
  if (!isInner(event.visibility)) return;
  const [open] = await tx
    .select({ id: events.id })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .where(and(eq(participations.id, id), openToParticipant()));
  if (!open) throw new Refusal("event-not-open");
}

/** Why a party cannot join, at the field that could be changed. */
export const refused = (obstacle: Obstacle): Refusal =>
  new Refusal(obstacle, { field: obstacle === "too-few-places" ? "guests" : "" });

/** "Keep": the held place is theirs like any other. @throws Refusal when the event goes on no more. */
async function keepPlace(tx: Transaction, locked: Locked): Promise<{ state: string; repeated: boolean }> {
  const { row, event } = locked;
  if (event.state !== "published" || isTakenDown(event)) throw new Refusal("event-not-open");
  if (event.status === "cancelled") throw new Refusal("event-cancelled");
  if (over(locked)) throw new Refusal("event-over");
  await set(tx, row, { expiresAt: null });
  await enqueueMail(tx, { message: "participation-receipt", participationId: row.id });
  return { state: row.state, repeated: false };
}

/** Leaves: gives the seats back and says so by mail. Who has left already stays so. @throws Refusal `event-over`. */
export async function cancelParticipation(db: Database, token: string): Promise<void> {
  await transact(db, async (tx) => {
    const locked = await lockByToken(tx, token);
    const { row, event } = locked;
    if (row.state === "left") return;
    if (!isPresent(row.state)) throw new Refusal("state-unchanged");
    if (over(locked)) throw new Refusal("event-over");
    if (row.state === "accepted") await releaseSeats(tx, event.id, 1 + row.guests);
    await set(tx, row, { state: "left", leftAt: sql`now()`, expiresAt: null });
    await enqueueMail(tx, { message: "participation-left", participationId: row.id });
  });
}

/**
 * Changes name, guests and answers. More guests of an accepted participant take seats through the same choke point.
 * @throws Refusal when the event is over or called off, or with the field that does not fit.
 */
export async function changeParticipation(db: Database, token: string, input: ChangeInput): Promise<void> {
  await transact(db, async (tx) => {
    const locked = await lockByToken(tx, token);
    const { row, event } = locked;
    if (!isPresent(row.state)) throw new Refusal("state-unchanged");
    await expectOpen(tx, locked);
    if (event.state !== "published" || isTakenDown(event)) throw new Refusal("event-not-open");
    if (event.status === "cancelled") throw new Refusal("event-cancelled");
    if (over(locked)) throw new Refusal("event-over");
    // Who came with more before the organiser allowed fewer may keep them.
    if (input.guests > Math.max(event.maximumGuests, row.guests))
      throw new Refusal("guests-too-many", { field: "guests" });
    if (event.nameRequired && input.name === "") throw new Refusal("name-required", { field: "name" });
    const answers = answersTo(await listQuestions(tx, event.id), input.answers);
    const more = row.state === "accepted" ? input.guests - row.guests : 0;
    const capacity = event.maximumAttendeeCapacity;
    if (row.state === "waitlisted" && capacity !== null && 1 + input.guests > capacity && input.guests > row.guests)
      throw new Refusal("too-few-places", { field: "guests" });
    if (more > 0) await takeSeats(tx, event.id, more);
    if (more < 0) await releaseSeats(tx, event.id, -more);
    await set(tx, row, { name: input.name, guests: input.guests });
    // A smaller party may fit into what is free.
    if (row.state === "waitlisted" && input.guests < row.guests) await promoteWaiting(tx, event.id);
    await replaceAnswers(tx, row.id, answers);
  });
}

/**
 * Locks the event's row, then the participation's: every command that may move seats does so in this order.
 * @throws Refusal `not-found` when the token is malformed, unknown, replaced, or its request has died.
 */
export async function lockByToken(tx: Transaction, token: string): Promise<Locked> {
  if (!isToken(token)) throw new Refusal("not-found");
  const mine = eq(participations.tokenHash, tokenHash(token));
  const [found] = await tx
    .select({ id: participations.id, eventId: participations.eventId })
    .from(participations)
    .where(mine);
  if (!found) throw new Refusal("not-found");
  return lockParticipation(tx, found, mine);
}

/**
 * Locks the event, then the participation, in that order for everybody, and reads both as they are behind the locks.
 * @throws Refusal when the participation is no longer there or no longer as `still` asks.
 */
export async function lockParticipation(
  tx: Transaction,
  { id, eventId }: { id: string; eventId: string },
  still = sql`true`,
): Promise<Locked> {
  const [at] = await tx
    .select({ event: events, now: sql`now()`.mapWith(events.createdAt) })
    .from(events)
    .where(eq(events.id, eventId))
    .for("no key update");
  const alive = sql`(${participations.state} <> 'unconfirmed' or ${participations.expiresAt} > now())`;
  const [row] = await tx
    .select()
    .from(participations)
    .where(and(eq(participations.id, id), still, alive))
    .for("update");
  if (!at || !row) throw new Refusal("not-found");
  return { row, ...at };
}

async function set(
  tx: Transaction,
  row: ParticipationRow,
  change: PgUpdateSetSource<typeof participations>,
): Promise<void> {
  await tx
    .update(participations)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(participations.id, row.id));
}

/** Whether a mail reminds of the event. @throws Refusal `not-found` for a token that opens nothing. */
export async function chooseReminder(db: Database, token: string, reminder: boolean): Promise<void> {
  await transact(db, async (tx) => {
    const { row } = await lockByToken(tx, token);
    await set(tx, row, { reminder });
  });
}
