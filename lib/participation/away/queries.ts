import { and, eq, inArray, ne } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";

const { participations } = schema;

/** How one of the profiles stands to an event of another server; null: not at all. By `participations_actor`. */
export async function getAway(db: Db, eventId: string, actorIds: string[]) {
  if (actorIds.length === 0) return null;
  const [row] = await db
    .select({ actorId: participations.actorId, state: participations.state })
    .from(participations)
    .where(
      and(
        eq(participations.eventId, eventId),
        inArray(participations.actorId, actorIds),
        ne(participations.state, "left"),
      ),
    )
    .limit(1);
  return row ?? null;
}
