import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { reachable } from "#lib/participation/queries.ts";

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

/** Confirmed, still in, and to be reached by mail. By `participations_list`. */
const isTold = (eventId: string) =>
  and(
    eq(participations.eventId, eventId),
    inArray(participations.state, ["accepted", "pending", "waitlisted", "tentative"]),
    reachable(),
  );

/** How many people are told of what happens to an event. */
export const countToldParticipations = (db: Db, eventId: string): Promise<number> =>
  db.$count(participations, isTold(eventId));

/** Who is told of what happens to an event: a page of ids. */
export async function listToldParticipations(
  db: Db,
  eventId: string,
  after: string | null,
  limit = 500,
): Promise<string[]> {
  const rows = await db
    .select({ id: participations.id })
    .from(participations)
    .where(and(isTold(eventId), after ? gt(participations.id, after) : undefined))
    .orderBy(asc(participations.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}
