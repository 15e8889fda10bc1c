import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { candidates } from "./candidates.ts";
import type { Criteria } from "./filters.ts";

type Place = {
  name: string;
  streetAddress: string;
  postalCode: string;
  addressLocality: string;
  addressRegion: string;
  addressCountry: string;
  room: string;
};

export type FeedEvent = {
  id: string;
  uid: string;
  sequence: number;
  name: string;
  /** As written, at most 2,000 characters. */
  content: string;
  mediaType: string;
  language: string;
  startTime: Date;
  endTime: Date;
  startWall: string;
  endWall: string | null;
  allDay: boolean;
  timezone: string;
  status: string;
  tags: string[];
  recurrenceRule: string | null;
  exceptionDates: string[];
  latitude: number | null;
  longitude: number | null;
  /** Null when it is kept back or unknown. */
  place: Place | null;
  onlineUrl: string | null;
  organizer: { name: string; handle: string; host: string | null };
  /** Its page on the server that it comes from; null for ours. */
  origin: string | null;
  publishedAt: Date;
  createdAt: Date;
  updatedAt: Date;
};

type Raw = { [K in keyof FeedEvent]: FeedEvent[K] extends Date ? string : FeedEvent[K] };

/**
 * What fits a search with all that a calendar entry needs, in the order of time; with `latest`, the last published first.
 * The same bounded candidates as pages have, then rows by primary key.
 */
export async function listFeed(
  db: Db,
  criteria: Criteria,
  limit: number,
  latest: number | null = null,
): Promise<FeedEvent[]> {
  const rows = await db.execute<Raw>(sql`
    with ${candidates("feed", criteria, limit)}
    select ${feedColumns} from feed_ids i join events e on e.id = i.id ${feedJoins}
    order by ${latest ? sql`coalesce(e.published_at, e.created_at) desc, e.id` : sql`e.start_time, e.id`} limit ${latest ?? limit}`);
  return rows.map(asFeedEvent);
}

/** The listed events of one organiser that are not older than `since`, 1,000 at most: index `events_organizer`. */
export async function listOrganizerFeed(db: Db, organizerId: string, since: Date): Promise<FeedEvent[]> {
  const rows = await db.execute<Raw>(sql`
    select ${feedColumns} from events e ${feedJoins}
    where e.organizer_id = ${organizerId} and e.start_time > ${since.toISOString()}::timestamptz and e.listed
    order by e.start_time, e.id limit 1000`);
  return rows.map(asFeedEvent);
}

/** All that a feed tells of the event `e`, its organiser `a` and its place `p`. */
const feedColumns = sql`
  e.id, e.uid, e.sequence, e.name, left(e.content, 2000) as content, e.media_type as "mediaType", e.language,
  e.start_time as "startTime", e.end_time as "endTime", e.start_wall::text as "startWall", e.end_wall::text as "endWall",
  e.all_day as "allDay", e.timezone, e.status, e.tags, e.recurrence_rule as "recurrenceRule",
  e.exception_dates::text[] as "exceptionDates", e.latitude, e.longitude,
  case when e.place_disclosure = 'everyone' and p.id is not null then json_build_object('name', p.name, 'streetAddress', p.street_address,
    'postalCode', p.postal_code, 'addressLocality', p.address_locality, 'addressRegion', p.address_region,
    'addressCountry', p.address_country, 'room', p.room) end as place,
  case when e.online_disclosure = 'everyone' then e.online_url end as "onlineUrl",
  json_build_object('name', coalesce(nullif(a.name, ''), a.handle), 'handle', a.handle, 'host', a.host) as organizer,
  case when e.uri is not null then coalesce(e.url, e.uri) end as origin, coalesce(e.published_at, e.created_at) as "publishedAt", e.created_at as "createdAt", e.updated_at as "updatedAt"`;

const feedJoins = sql`join actors a on a.id = e.organizer_id left join places p on p.id = e.place_id`;

/** Raw rows carry instants as text. */
const asFeedEvent = (row: Raw): FeedEvent => ({
  ...row,
  startTime: new Date(row.startTime),
  endTime: new Date(row.endTime),
  publishedAt: new Date(row.publishedAt),
  createdAt: new Date(row.createdAt),
  updatedAt: new Date(row.updatedAt),
});
