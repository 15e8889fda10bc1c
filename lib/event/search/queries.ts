import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import type { Cursor } from "./input.ts";
import { candidates } from "./queries/candidates.ts";
import { type Criteria, filtersOf } from "./queries/filters.ts";
import { asListed, type ListedEvent, summaryColumns, summaryJoins } from "./queries/summaries.ts";

export { type FeedEvent, listFeed, listOrganizerFeed } from "./queries/feed.ts";
export type { Criteria } from "./queries/filters.ts";
export type { ListedEvent } from "./queries/summaries.ts";

export type Found = {
  events: ListedEvent[];
  /** How many there are: all of them when `exact`, else at least so many. */
  total: { known: number; exact: boolean };
  more: boolean;
  /** Nothing has these words; these titles look like them. */
  similar: boolean;
};

/**
 * One page of what fits a search, in the order of time: what runs at `from` first, until it ends; then what starts later.
 * When no title or text has the words, titles that look like them instead. One statement, however rare or frequent the
 * filters (see `candidates`; for titles `events_similar`); the rows themselves are read by primary key.
 */
export async function listEvents(db: Db, criteria: Criteria, limit: number): Promise<Found> {
  const past = criteria.window.kind === "past";
  const since = past ? "1970-01-01T00:00:00Z" : criteria.window.from.toISOString();
  const misspelt =
    criteria.q && !criteria.after
      ? sql`select s.id, s.likeness from similar_events(${criteria.q}, ${since}::timestamptz) s join events on events.id = s.id
          where (select known from page_total) = 0 and ${filtersOf({ ...criteria, q: undefined }).where}
            and ${criteria.window.to ? sql`start_time < ${criteria.window.to.toISOString()}::timestamptz` : sql`true`}`
      : sql`select null::uuid as id, null::real as likeness where false`;
  const rows = await db.execute<ListedEvent & { known: string; exact: boolean; similar: boolean }>(sql`
    with ${candidates("page", criteria, limit + 1)},
    misspelt as materialized (${misspelt}),
    chosen as (
      select id, false as similar, null::real as likeness from page_ids
      union all select id, true, likeness from misspelt)
    select ${summaryColumns}, t.known, t.exact, c.similar
    from chosen c join events e on e.id = c.id ${summaryJoins} cross join page_total t
    order by c.likeness desc nulls first, ${past ? sql`e.start_time desc, e.id desc` : sql`e.start_time, e.id`} limit ${limit + 1}`);
  const [first] = rows;
  const similar = first?.similar ?? false;
  return {
    events: rows.slice(0, limit).map(({ known: _, exact: __, similar: ___, ...row }) => asListed(row)),
    total: { known: similar ? 0 : Number(first?.known ?? 0), exact: first?.exact ?? true },
    more: !similar && rows.length > limit,
    similar,
  };
}

type Relaxation = { name: string; known: number; exact: boolean };

/** How many would be found by each of a few other searches, in one statement; bounded like `listEvents`. */
export async function countAlternatives(
  db: Db,
  alternatives: { name: string; criteria: Criteria }[],
): Promise<Relaxation[]> {
  if (alternatives.length === 0) return [];
  const parts = alternatives.slice(0, 8);
  const rows = await db.execute<{ at: number; known: string; exact: boolean }>(sql`
    with ${sql.join(
      parts.map(({ criteria }, at) => candidates(`r${at}`, { ...criteria, after: undefined }, 100)),
      sql`, `,
    )}
    ${sql.join(
      parts.map((_, at) => sql`select ${at}::int as at, known, exact from ${sql.raw(`r${at}_total`)}`),
      sql` union all `,
    )}`);
  return rows.map(({ at, known, exact }) => ({ name: parts[at]!.name, known: Number(known), exact }));
}

/**
 * When what lists show last changed: an event, what another server says, or what the host decided about one. One look at
 * the end of each index: `events_updated`, `events_fetched`, `peers_judged_at`.
 */
export async function lastChange(db: Db): Promise<Date> {
  const [row] = await db.execute<{ at: string | null }>(
    sql`select greatest((select max(updated_at) from events), (select max(fetched_at) from events where uri is not null),
      (select max(judged_at) from peers)) as at`,
  );
  return new Date(row?.at ?? 0);
}

type SitemapEntry = { id: string; startTime: Date; updatedAt: Date };

/** Listed events of this server from a point on, past ones too, in the order of index `events_local`. */
export async function listForSitemap(db: Db, after: Cursor | null, limit: number): Promise<SitemapEntry[]> {
  const beyond = after
    ? sql`and (start_time, id) > (${after.startTime.toISOString()}::timestamptz, ${after.id}::uuid)`
    : sql``;
  const rows = await db.execute<{ id: string; startTime: string; updatedAt: string }>(sql`
    select id, start_time as "startTime", updated_at as "updatedAt" from events where listed and uri is null ${beyond} order by start_time, id limit ${limit}`);
  return rows.map((row) => ({ id: row.id, startTime: new Date(row.startTime), updatedAt: new Date(row.updatedAt) }));
}

/** Where each following page of the sitemap begins: the last event of every full one. By index `events_local`. */
export async function sitemapBreaks(db: Db, size: number): Promise<Cursor[]> {
  const rows = await db.execute<{ id: string; startTime: string }>(sql`
    select id, start_time as "startTime" from (
      select id, start_time, row_number() over (order by start_time, id) as n from events where listed and uri is null) numbered
    where n % ${size}::int = 0 order by start_time, id`);
  return rows.map((row) => ({ id: row.id, startTime: new Date(row.startTime) }));
}
