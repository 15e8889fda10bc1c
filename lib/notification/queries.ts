import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { reachable, tellable } from "#lib/participation/queries.ts";
import { presentStates } from "#lib/policy/participation.ts";

const { events, participations, places } = schema;

/** An event and its place, locked against changes until the transaction ends. */
export async function lockToldEvent(db: Db, eventId: string) {
  const [row] = await db
    .select({ event: events, place: places })
    .from(events)
    .leftJoin(places, eq(places.id, events.placeId))
    .where(eq(events.id, eventId))
    .for("share", { of: events });
  return row ?? null;
}

/** Confirmed, and still in. By `participations_list`. */
const isIn = (eventId: string) =>
  and(eq(participations.eventId, eventId), inArray(participations.state, presentStates));

/**
 * How many people are told of what happens to an event, by mail or by a note; with `acceptedOnly`, of what is kept back
 * from all others, and a note never says that.
 */
export const countToldParticipations = (db: Db, eventId: string, { acceptedOnly = false } = {}): Promise<number> =>
  db.$count(
    participations,
    and(isIn(eventId), acceptedOnly ? and(eq(participations.state, "accepted"), reachable()) : tellable()),
  );

/** Who is told by mail of what happens to an event: a page of ids. */
export async function listToldParticipations(
  db: Db,
  eventId: string,
  after: string | null,
  limit = 500,
): Promise<string[]> {
  const rows = await db
    .select({ id: participations.id })
    .from(participations)
    .where(and(isIn(eventId), reachable(), after ? gt(participations.id, after) : undefined))
    .orderBy(asc(participations.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}
