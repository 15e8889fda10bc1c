import { and, desc, eq, isNull, ne } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";

const { actors, events, places } = schema;

/** The events of all profiles of an account, the latest first, 2,000 at most. By `actors_account`, `events_organizer`. */
export const listOwnEvents = (db: Db, accountId: string) =>
  db
    .select({
      event: events,
      place: places,
      organizer: { handle: actors.handle, host: actors.host, name: actors.name, tone: actors.tone },
    })
    .from(actors)
    .innerJoin(events, eq(events.organizerId, actors.id))
    .leftJoin(places, eq(places.id, events.placeId))
    .where(and(eq(actors.accountId, accountId), isNull(actors.deletedAt), ne(events.state, "deleted")))
    .orderBy(desc(events.startTime), desc(events.id))
    .limit(2_000);
