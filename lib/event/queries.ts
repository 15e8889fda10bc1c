import { and, eq, getTableColumns, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import { eventsVisibleTo } from "#lib/policy/event.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { asListed, type ListedEvent, summaryColumns, summaryJoins } from "./search/queries/summaries.ts";

const { events, actors, places, media } = schema;
const { search: _, ...columns } = getTableColumns(events);

const organizer = {
  id: actors.id,
  type: actors.type,
  handle: actors.handle,
  host: actors.host,
  name: sql<string>`coalesce(nullif(${actors.name}, ''), ${actors.handle})`,
  tone: actors.tone,
};

export type EventRow = Omit<typeof events.$inferSelect, "search">;
export type PlaceRow = typeof places.$inferSelect;
export type FullEvent = NonNullable<Awaited<ReturnType<typeof getEvent>>>;

/**
 * An event with its organiser, place and cover as far as the viewer may see it, by primary key; also a tombstone. The
 * place is null where it is kept back until one is accepted. Null: there is none, or none for this viewer.
 */
export async function getEvent(db: Db, viewer: Viewer, id: string) {
  if (!isId(id)) return null;
  const [row] = await db
    .select({ event: columns, organizer, place: places, cover: media })
    .from(events)
    .innerJoin(actors, eq(actors.id, events.organizerId))
    .leftJoin(places, eq(places.id, events.placeId))
    .leftJoin(media, eq(media.id, events.coverId))
    .where(and(eq(events.id, id), eventsVisibleTo(viewer)));
  if (!row) return null;
  return { ...row, place: row.event.placeDisclosure === "everyone" ? row.place : null };
}

/** What else this organiser has on, soonest first, three at most: index `events_organizer`. */
export async function listRelated(db: Db, event: Pick<EventRow, "id" | "organizerId">): Promise<ListedEvent[]> {
  const rows = await db.execute<ListedEvent>(sql`
    select ${summaryColumns} from events e ${summaryJoins}
    where e.organizer_id = ${event.organizerId} and e.start_time > now() and e.listed and e.id <> ${event.id}
    order by e.start_time, e.id limit 3`);
  return rows.map(asListed);
}
