import { and, asc, eq, gt, inArray, isNotNull, not, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { enqueue, enqueueMail } from "#lib/jobs/enqueue.ts";
import type { Jobs } from "#lib/jobs/kinds.ts";
import { openToParticipant } from "#lib/policy/event.ts";
import { presentStates } from "#lib/policy/participation.ts";
import { releaseSeats } from "../waiting-list/commands.ts";

const { actors, events, participations } = schema;

type Left = Jobs["circle-left"];

/** What somebody has at events to come that are not for them any more. By `participations_actor`. */
const closedTo = ({ organizerId, actorId }: Left) =>
  and(
    eq(participations.actorId, actorId),
    inArray(participations.state, presentStates),
    eq(events.organizerId, organizerId),
    eq(events.state, "published"),
    gt(events.endTime, sql`now()`),
    not(openToParticipant()),
  );

/**
 * Gives back what somebody who is a member or follower no more has at events that are for these alone, as far as they may not
 * see them any more: the seats go to who waits, and one mail says how many places it was; of another server,
 * that one is told. May run twice, and after they came back.
 */
export async function returnPlaces(db: Database, left: Left): Promise<void> {
  await transact(db, async (tx) => {
    // Each event's row before its participations, and one event after the other, as all do who move seats.
    const held = await tx
      .select({ id: participations.id, eventId: events.id })
      .from(participations)
      .innerJoin(events, eq(events.id, participations.eventId))
      .where(closedTo(left))
      .orderBy(asc(events.id));
    let count = 0;
    for (const { id, eventId } of held) {
      await tx.select({ id: events.id }).from(events).where(eq(events.id, eventId)).for("no key update");
      if (await endPlace(tx, id, left)) count++;
    }
    if (count > 0) await tell(tx, left, count);
  });
}

/** Whether it was there still, behind the lock of its event. */
async function endPlace(tx: Transaction, id: string, left: Left): Promise<boolean> {
  const [found] = await tx
    .select({ row: participations, event: { id: events.id, uri: events.uri } })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .where(and(eq(participations.id, id), closedTo(left)))
    .for("update", { of: participations });
  if (!found) return false;
  const { row, event } = found;
  const over = { state: "left", leftAt: sql`now()`, expiresAt: null, updatedAt: sql`now()` };
  await tx.update(participations).set(over).where(eq(participations.id, id));
  // The seats of another server's event are counted there.
  if (event.uri !== null) await enqueue(tx, "participation-out", { participationId: id });
  else if (row.state === "accepted") await releaseSeats(tx, event.id, 1 + row.guests);
  if (event.uri === null && row.uri !== null) await enqueue(tx, "participation-answers", {}, { once: id });
  return true;
}

async function tell(tx: Transaction, { organizerId, actorId }: Left, count: number): Promise<void> {
  const [person] = await tx
    .select({ accountId: actors.accountId })
    .from(actors)
    .where(and(eq(actors.id, actorId), isNotNull(actors.accountId)));
  if (!person?.accountId) return;
  const data = { groupId: organizerId, count };
  await enqueueMail(tx, { message: "places-returned", accountId: person.accountId, data });
}
