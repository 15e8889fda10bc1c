import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { eventsListed } from "#lib/policy/event.ts";

const { events } = schema;

/** What is on or to come of an organiser and stands in its lists: for everybody, or `inside` also for its followers or members alone. */
const toTell = (organizerId: string, inside: boolean) =>
  and(
    eq(events.organizerId, organizerId),
    gt(events.endTime, sql`now()`),
    inside
      ? and(eq(events.state, "published"), isNull(events.hiddenAt), sql`events.visibility <> 'unlisted'`)
      : eventsListed(),
  );

/** How many that are. By `events_organizer`. */
export const countEventsToTell = (
  db: Db,
  organizerId: string,
  { inside = false }: { inside?: boolean } = {},
): Promise<number> => db.$count(events, toTell(organizerId, inside));

/** A page of them, by start, behind `after`. By `events_organizer`. */
export const eventsToTell = (
  db: Db,
  organizerId: string,
  { inside = false, after, offset = 0, limit }: { inside?: boolean; after?: string; offset?: number; limit: number },
) =>
  db
    .select({ id: events.id, uri: events.uri })
    .from(events)
    .where(
      and(
        toTell(organizerId, inside),
        after
          ? sql`(${events.startTime}, ${events.id}) > (select b.start_time, b.id from events b where b.id = ${after})`
          : undefined,
      ),
    )
    .orderBy(asc(events.startTime), asc(events.id))
    .limit(limit)
    .offset(offset);
