import { and, eq, gte, isNull, or, sql } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import { Refusal } from "#lib/refusal.ts";

const { events } = schema;

/**
 * Takes seats of an event: the one way to do so, whatever the door. The condition stands in the statement that writes,
 * so that the last seat is given once; call it in the transaction that accepts the participation.
 * @throws Refusal `event-full`, or `too-few-places` when some are left, but not so many.
 */
export async function takeSeats(tx: Transaction, eventId: string, seats: number): Promise<void> {
  const after = sql`${events.seatsTaken} + ${seats}`;
  const [taken] = await tx
    .update(events)
    .set({ seatsTaken: after })
    .where(
      and(
        eq(events.id, eventId),
        or(isNull(events.maximumAttendeeCapacity), gte(events.maximumAttendeeCapacity, after)),
      ),
    )
    .returning({ id: events.id });
  if (taken) return;
  const [event] = await tx
    .select({ full: sql<boolean>`${events.seatsTaken} >= ${events.maximumAttendeeCapacity}` })
    .from(events)
    .where(eq(events.id, eventId));
  throw event?.full === false ? new Refusal("too-few-places", { field: "guests" }) : new Refusal("event-full");
}
