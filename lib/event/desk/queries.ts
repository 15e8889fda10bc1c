import { and, desc, eq, getTableColumns, inArray, isNotNull, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { nameOf } from "#lib/actor/queries.ts";
import { lastAsk } from "#lib/group/ask/queries.ts";
import { isId } from "#lib/ids.ts";
import { organisesByGroup } from "#lib/policy/group.ts";
import { eventsWhere, type Right, roleAt } from "#lib/policy/staff.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { isRefused } from "../remote/queries.ts";
import type { Cursor } from "../search/input.ts";

const { actors, events, media, places, questions } = schema;
const { search: _, ...columns } = getTableColumns(events);

const listed = {
  id: events.id,
  name: events.name,
  state: events.state,
  status: events.status,
  startTime: events.startTime,
  endTime: events.endTime,
  endWall: events.endWall,
  allDay: events.allDay,
  timezone: events.timezone,
  publishAt: events.publishAt,
  locality: events.locality,
  attendanceMode: events.attendanceMode,
  tone: sql<string | null>`coalesce(${events.tone}, ${actors.tone})`,
  organizer: {
    id: actors.id,
    name: sql<string>`${nameOf(actors)}`,
    tone: actors.tone,
    host: actors.host,
    group: sql<boolean>`${actors.type} = 'Group'`,
  },
  seatsTaken: events.seatsTaken,
  capacity: events.maximumAttendeeCapacity,
  /** Requests that wait for an answer. By `participations_list`. */
  pending: sql<number>`(select count(*)::int from participations p where p.event_id = ${events.id} and p.state = 'pending')`,
  /** Comments that wait for approval. By `comments_waiting`. */
  waitingComments: sql<number>`(select count(*)::int from comments c where c.event_id = ${events.id} and c.state = 'waiting')`,
};

export type DeskRow = Awaited<ReturnType<typeof listDesk>>[number];

/** What somebody organises, or helps with, that is a draft, or on, or to come: soonest first, 200 at most; all of it, or one organiser's. By `events_organizer`, `event_staff_actor`. */
export const listDesk = (db: Db, viewer: Viewer, organizerId?: string) =>
  db
    .select({ ...listed, role: roleAt(viewer) })
    .from(events)
    .innerJoin(actors, eq(actors.id, events.organizerId))
    .where(
      and(
        eventsWhere(viewer, "see"),
        organizerId ? eq(events.organizerId, organizerId) : undefined,
        sql`${events.state} <> 'deleted'`,
        sql`(${events.state} in ('draft', 'scheduled') or ${events.endTime} > now())`,
      ),
    )
    .orderBy(events.startTime, events.id)
    .limit(200);

/** What somebody organised, or helped with, that is over: latest first, a page from `after` on. By `events_organizer`, `event_staff_actor`. */
export const listDeskPast = (db: Db, viewer: Viewer, limit: number, after?: Cursor) =>
  db
    .select({ ...listed, role: roleAt(viewer) })
    .from(events)
    .innerJoin(actors, eq(actors.id, events.organizerId))
    .where(
      and(
        eventsWhere(viewer, "see"),
        eq(events.state, "published"),
        sql`${events.endTime} <= now()`,
        after &&
          sql`(${events.startTime}, ${events.id}) < (${after.startTime.toISOString()}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(desc(events.startTime), desc(events.id))
    .limit(limit);

export type ElsewhereRow = Awaited<ReturnType<typeof listElsewhere>>[number];

/**
 * What is made in the name of a group, of this server or another, and lives elsewhere, on or to come: soonest first, 200 at
 * most, with who makes it and where it lives. By `events_organizer`, `group_log_asked`.
 */
export const listElsewhere = (db: Db, groupId: string) =>
  db
    .select({
      ...{ id: events.id, name: events.name, language: events.language, status: events.status, tone: events.tone },
      ...{ startTime: events.startTime, endTime: events.endTime, endWall: events.endWall, allDay: events.allDay },
      ...{ timezone: events.timezone, locality: events.locality, uri: events.uri, url: events.url },
      author: nameOf(actors),
      /** Whether it lives on the server of the group itself, in whose name alone it is. */
      home: sql<boolean>`${events.authorId} is null`,
      host: sql<string>`${actors.host}`,
      /** What the group's own server was asked to do with it, where that is another. */
      ask: lastAsk(events.id),
    })
    .from(events)
    .innerJoin(actors, sql`${actors.id} = coalesce(${events.authorId}, ${events.organizerId})`)
    .where(
      and(
        eq(events.organizerId, groupId),
        isNotNull(events.uri),
        eq(events.state, "published"),
        sql`${events.endTime} > now()`,
      ),
    )
    .orderBy(events.startTime, events.id)
    .limit(200);

export type DeskEvent = NonNullable<Awaited<ReturnType<typeof getDeskEvent>>>;

/** An event where the viewer holds a right, with their role, place, organiser, cover and questions; else null. By primary key. */
export async function getDeskEvent(db: Db, viewer: Viewer, id: string, right: Right = "change") {
  if (!isId(id)) return null;
  const [row] = await db
    .select({
      event: columns,
      role: roleAt(viewer),
      byGroup: organisesByGroup(viewer),
      refused: isRefused,
      place: places,
      cover: media,
      organizer: {
        id: actors.id,
        type: actors.type,
        handle: actors.handle,
        host: actors.host,
        name: actors.name,
        tone: actors.tone,
      },
    })
    .from(events)
    .innerJoin(actors, eq(actors.id, events.organizerId))
    .leftJoin(places, eq(places.id, events.placeId))
    .leftJoin(media, eq(media.id, events.coverId))
    .where(and(eq(events.id, id), eventsWhere(viewer, right), sql`${events.state} <> 'deleted'`));
  if (!row) return null;
  const asked = await db.select().from(questions).where(eq(questions.eventId, id)).orderBy(questions.position);
  return { ...row, questions: asked };
}

/** The places that somebody's events were at, the last used first, twelve at most. By `events_organizer`. */
export const listVenues = (db: Db, organizerIds: string[]) =>
  organizerIds.length === 0
    ? Promise.resolve([])
    : db
        .select(getTableColumns(places))
        .from(places)
        .innerJoin(
          db
            .select({ placeId: events.placeId, last: sql<string>`max(${events.createdAt})`.as("last") })
            .from(events)
            .where(and(inArray(events.organizerId, organizerIds), isNotNull(events.placeId)))
            .groupBy(events.placeId)
            .as("used"),
          sql`used.place_id = ${places.id}`,
        )
        .orderBy(sql`used.last desc`)
        .limit(12);

/**
 * Tags to choose from, twenty at most: those of somebody's own events, then those of the last thousand listed ones, each
 * the most used first. By `events_organizer` and `events_updated`.
 */
export async function listUsedTags(db: Db, organizerIds: string[]): Promise<string[]> {
  if (organizerIds.length === 0) return [];
  const rows = await db.execute<{ tag: string }>(sql`
    select tag from (
      (select tags, true as own from events where ${inArray(events.organizerId, organizerIds)})
      union all (select tags, false from events where listed order by updated_at desc limit 1000)
    ) used, unnest(tags) tag
    group by tag order by bool_or(own) desc, count(*) desc, tag limit 20`);
  return rows.map(({ tag }) => tag);
}
