import { and, eq, getTableColumns, type Placeholder, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, schema } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { nameOf } from "#lib/actor/queries.ts";
import { isId } from "#lib/ids.ts";
import { eventsVisibleTo, withoutKept } from "#lib/policy/event.ts";
import { roleAt } from "#lib/policy/staff.ts";
import { type Viewer, visitor } from "#lib/policy/viewer.ts";
import { isRefused } from "./remote/queries.ts";
import type { Cursor } from "./search/input.ts";
import { asListed, type ListedEvent, summaryColumns, summaryJoins } from "./search/queries/summaries.ts";

const { events, actors, places, media } = schema;
const authors = alias(actors, "authors");
const { search: _, ...columns } = getTableColumns(events);

const organizer = {
  id: actors.id,
  type: actors.type,
  handle: actors.handle,
  host: actors.host,
  uri: actors.uri,
  followersUri: actors.followersUri,
  name: sql<string>`${nameOf(actors)}`,
  tone: actors.tone,
  iconId: actors.iconId,
};

/** Who makes it for a group of another server than theirs. */
const author = { id: authors.id, handle: authors.handle, host: authors.host, name: authors.name };

export type EventRow = Omit<typeof events.$inferSelect, "search">;
export type PlaceRow = typeof places.$inferSelect;
export type FullEvent = NonNullable<Awaited<ReturnType<typeof getEvent>>>;

const full = (db: Db, viewer: Viewer, id: string | Placeholder) =>
  db
    .select({
      ...{ event: columns, organizer, author, place: places, cover: media },
      ...{ role: roleAt(viewer), refused: isRefused },
    })
    .from(events)
    .innerJoin(actors, eq(actors.id, events.organizerId))
    .leftJoin(authors, eq(authors.id, events.authorId))
    .leftJoin(places, eq(places.id, events.placeId))
    .leftJoin(media, eq(media.id, events.coverId))
    .where(and(eq(events.id, id), eventsVisibleTo(viewer)));

const fullForVisitors = prepared((db) => full(db, visitor, sql.placeholder("id")).prepare("event"));

/**
 * An event with its organiser, author, place and cover as far as the viewer may see it, by primary key; also a tombstone. `refused`: the
 * group of another server in whose name it is does not show it. The
 * place and the online address are null where they are kept back until one is accepted, but for who has a `role` at it. Null: there is none, or none for this viewer.
 */
export async function getEvent(db: Db, viewer: Viewer, id: string) {
  if (!isId(id)) return null;
  const [row] = await (viewer.kind === "visitor" ? fullForVisitors(db).execute({ id }) : full(db, viewer, id));
  if (!row) return null;
  return row.role ? row : withoutKept(row);
}

/** How many published events of an organiser are on or to come, whoever sees them. By `events_organizer`. */
export const countAhead = (db: Db, organizerId: string): Promise<number> =>
  db.$count(
    events,
    and(eq(events.organizerId, organizerId), eq(events.state, "published"), sql`${events.endTime} > now()`),
  );

type ByOrganizer = {
  past: boolean;
  after?: Cursor;
  limit: number;
  /** For whom else's eyes they may be, besides what is listed: a follower's, a member's. */
  inside?: ("followers" | "members")[];
};

/** One page of an organiser's listed events: what is on or to come, soonest first, or what is over, latest first. */
export async function listByOrganizer(
  db: Db,
  organizerId: string,
  { past, after, limit, inside = [] }: ByOrganizer,
): Promise<ListedEvent[]> {
  const last = after && sql`(${after.startTime.toISOString()}::timestamptz, ${after.id}::uuid)`;
  const beyond = !last ? sql`` : past ? sql`and (start_time, id) < ${last}` : sql`and (start_time, id) > ${last}`;
  const order = past ? sql`start_time desc, id desc` : sql`start_time, id`;
  const among = sql`(listed or state = 'published' and hidden_at is null and visibility = any(${sql.param(inside)}::varchar[]))`;
  // What is for a few is one organiser's, and in order in `events_organizer` too; what runs of it has begun long ago.
  const inner = sql`select id from events where organizer_id = ${organizerId} and ${among}
    and ${past ? sql`end_time <= now()` : sql`end_time > now()`} ${beyond} order by ${order} limit ${limit}`;
  // What runs is little: looked at by `events_running` first. The rest is in order in `events_organizer`.
  const chosen =
    inside.length > 0
      ? inner
      : past
        ? sql`select id from events where organizer_id = ${organizerId} and listed and start_time < now() and end_time <= now() ${beyond} order by ${order} limit ${limit}`
        : sql`select id from (
        select id, start_time from (select * from events where listed and tstzrange(start_time, end_time) @> now() offset 0) r
        where organizer_id = ${organizerId} ${beyond}
        union all (select id, start_time from events
        where organizer_id = ${organizerId} and listed and start_time > now() ${beyond} order by ${order} limit ${limit})) u
      order by ${order} limit ${limit}`;
  const rows = await db.execute<ListedEvent>(sql`
    with chosen as (${chosen}) select ${summaryColumns} from chosen c join events e on e.id = c.id ${summaryJoins}
    order by ${past ? sql`e.start_time desc, e.id desc` : sql`e.start_time, e.id`}`);
  return rows.map(asListed);
}
