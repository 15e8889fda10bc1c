import { and, eq, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";

const { participations } = schema;

/** How many participations of an event stand in each state. By `participations_list`. */
export async function countByState(db: Db, eventId: string): Promise<Record<string, number>> {
  const rows = await db
    .select({ state: participations.state, count: sql<number>`count(*)::int` })
    .from(participations)
    .where(and(eq(participations.eventId, eventId)))
    .groupBy(participations.state);
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}
