import { and, eq, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";
import { joinObstacle } from "#lib/policy/participation.ts";
import { Refusal } from "#lib/refusal.ts";
import { isToken, tokenHash } from "#lib/secrets.ts";
import { replaceAnswers } from "./answers/commands.ts";
import { answersTo } from "./answers/input.ts";
import type { ChangeInput } from "./input.ts";
import { listQuestions } from "./queries.ts";
import { releaseSeats, takeSeats } from "./seats/commands.ts";

const { events, participations } = schema;

export type ParticipationRow = typeof participations.$inferSelect;
export type Locked = { row: ParticipationRow; event: typeof events.$inferSelect; now: Date };

/** Whose place is held or asked for: accepted ones and their guests sit on seats, the others wait. */
const present = (state: string) => ["accepted", "pending", "waitlisted", "tentative"].includes(state);
const over = ({ event, now }: Locked) => event.endTime <= now;

/**
 * Confirms a request by its mailed token, or comes back after leaving: takes the seats and sends the receipt, or hands the
 * request to the organiser where the event is by approval. A second time changes nothing and says `repeated`.
 * @throws Refusal `not-found` for a token that is unknown or dead, or why the event cannot be joined (any more).
 */
export async function confirmParticipation(
  db: Database,
  token: string,
  input: { guests?: number } = {},
): Promise<{ state: string; repeated: boolean }> {
  return transact(db, async (tx) => {
    const locked = await lockByToken(tx, token);
    const { row, event, now } = locked;
    if (present(row.state)) return { state: row.state, repeated: true };
    if (row.state === "rejected") throw new Refusal("already-decided");
    const guests = input.guests ?? row.guests;
    if (guests > event.maximumGuests && guests > row.guests) throw new Refusal("guests-too-many", { field: "guests" });
    const obstacle = joinObstacle(event, 1 + guests, now);
    if (obstacle) throw new Refusal(obstacle, { field: obstacle === "too-few-places" ? "guests" : "" });
    const state = event.joinMode === "approval" ? "pending" : "accepted";
    if (state === "accepted") await takeSeats(tx, event.id, 1 + guests);
    await set(tx, row, {
      state,
      guests,
      confirmedAt: sql`coalesce(${participations.confirmedAt}, now())`,
      expiresAt: null,
    });
    const message = state === "accepted" ? "participation-receipt" : "participation-requested";
    await enqueueMail(tx, { message, participationId: row.id });
    return { state, repeated: false };
  });
}

/** Leaves: gives the seats back and says so by mail. Who has left already stays so. @throws Refusal `event-over`. */
export async function cancelParticipation(db: Database, token: string): Promise<void> {
  await transact(db, async (tx) => {
    const locked = await lockByToken(tx, token);
    const { row, event } = locked;
    if (row.state === "left") return;
    if (!present(row.state)) throw new Refusal("state-unchanged");
    if (over(locked)) throw new Refusal("event-over");
    if (row.state === "accepted") await releaseSeats(tx, event.id, 1 + row.guests);
    await set(tx, row, { state: "left", leftAt: sql`now()` });
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
    if (!present(row.state)) throw new Refusal("state-unchanged");
    if (event.state !== "published") throw new Refusal("event-not-open");
    if (event.status === "cancelled") throw new Refusal("event-cancelled");
    if (over(locked)) throw new Refusal("event-over");
    // Who came with more before the organiser allowed fewer may keep them.
    if (input.guests > Math.max(event.maximumGuests, row.guests))
      throw new Refusal("guests-too-many", { field: "guests" });
    if (event.nameRequired && input.name === "") throw new Refusal("name-required", { field: "name" });
    const answers = answersTo(await listQuestions(tx, event.id), input.answers);
    const more = row.state === "accepted" ? input.guests - row.guests : 0;
    if (more > 0) await takeSeats(tx, event.id, more);
    if (more < 0) await releaseSeats(tx, event.id, -more);
    await set(tx, row, { name: input.name, guests: input.guests });
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
