import { and, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";

const { events, participations } = schema;

/** How many wait before somebody on the list. By index `participations_queue`. */
export const countBefore = (db: Db, { id, eventId }: { id: string; eventId: string }): Promise<number> =>
  db.$count(
    participations,
    and(
      eq(participations.eventId, eventId),
      eq(participations.state, "waitlisted"),
      // Compared in the database, whose clock counts microseconds.
      sql`(${participations.waitlistedAt}, ${participations.id}) <
        (select mine.waitlisted_at, mine.id from ${participations} mine where mine.id = ${id})`,
    ),
  );

/** Events to come with both free seats and people who wait for one: few, by index `participations_queue`. */
export async function listOpenQueues(db: Db): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: events.id })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .where(
      and(
        eq(participations.state, "waitlisted"),
        eq(events.state, "published"),
        isNull(events.hiddenAt),
        gt(events.startTime, sql`now()`),
        or(isNull(events.maximumAttendeeCapacity), lt(events.seatsTaken, events.maximumAttendeeCapacity)),
      ),
    );
  return rows.map(({ id }) => id);
}
