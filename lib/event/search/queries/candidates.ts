import { type SQL, sql } from "drizzle-orm";
import { type Criteria, filtersOf } from "./filters.ts";

/**
 * How many events are looked at one by one in the order of time before an index of the filter is asked for the whole set.
 * The planner guesses this choice from statistics, and a wrong guess reads a million rows; this way both cases are bounded:
 * a frequent word fills its page within the walk, and what does not is rare enough to fetch and sort.
 */
const walkLength = 2_500;
/** Words cost more to compare. */
const wordsWalk = 1_500;
/** From how many events on a place is not asked before the words. */
const fewPlaces = 2_000;
/** Without a filter, or with one whose index is in order, everything that is walked is found. */
const orderedLength = 201;

const none = sql`select id, start_time from events where false`;

/**
 * Common table expressions under a prefix that end in `{prefix}_ids (id, start_time)` in the order of the list, at most
 * `limit` rows, and `{prefix}_total (known, exact)`: how many there are, and whether that is all.
 * Indexes: `events_running` for what runs at `from`, `events_upcoming` for the walk, the filters' own for the rest.
 */
export function candidates(prefix: string, criteria: Criteria, limit: number): SQL {
  const { window, after } = criteria;
  const { where, ordered, sets, box } = filtersOf(criteria);
  const name = (part: string) => sql.raw(`${prefix}_${part}`);
  const from = sql`${window.from.toISOString()}::timestamptz`;
  const past = window.kind === "past";
  const order = past ? sql`start_time desc, id desc` : sql`start_time, id`;
  const last = after && sql`(${after.startTime.toISOString()}::timestamptz, ${after.id}::uuid)`;
  const beyond = !last ? sql`true` : past ? sql`(start_time, id) < ${last}` : sql`(start_time, id) > ${last}`;
  const range = past
    ? sql`start_time < ${from} and end_time <= ${from} and ${beyond}`
    : window.to
      ? sql`start_time >= ${from} and end_time >= ${from} and start_time < ${window.to.toISOString()}::timestamptz and ${beyond}`
      : sql`start_time >= ${from} and end_time >= ${from} and ${beyond}`;

  // What runs is little, whatever else is asked: a fence (offset 0) keeps the planner from going by another filter.
  const running =
    past || (after && after.startTime >= window.from)
      ? none
      : sql`select id, start_time from (
          select * from events where listed and tstzrange(start_time, end_time) @> ${from} and start_time < ${from} offset 0) r
        where ${where} and ${beyond}`;

  const length = ordered ? Math.max(orderedLength, limit) : sets ? wordsWalk : walkLength;
  const hit = ordered ? sql`true` : where;
  const only = ordered ? where : sql`true`;

  const needed = sql`(select count(*) from ${name("walk")}) = ${length} and (select count(*) from ${name("hits")}) < ${limit}`;
  // A set of words or tags comes whole from its index and is looked through: the planner would rather join it with half of
  // all dates. Together with a place, the place goes first where little is there, which no statistics know beforehand.
  const bySet = sql`select id, start_time from (select * from events where listed and ${sets ?? sql`true`} offset 0) s where ${range} and ${where}`;
  const byFilter = sql`select id, start_time from events where listed and ${range} and ${where}`;
  const byPlace = sql`select id, start_time from (select * from events where listed and ${box ?? sql`true`} and ${past ? sql`end_time <= ${from}` : sql`end_time >= ${from}`} offset 0) s where ${range} and ${where}`;
  const few = sql`(select count(*) from (select 1 from events where listed and ${box ?? sql`true`} limit ${fewPlaces}) p) < ${fewPlaces}`;
  const rest = ordered
    ? none
    : sets && box
      ? sql`${byPlace} and ${needed} and ${few} union all ${bySet} and ${needed} and not ${few}`
      : sql`${sets ? bySet : byFilter} and ${needed}`;

  return sql`
    ${name("running")} as materialized (${running}),
    ${name("walk")} as materialized (
      select id, start_time, (${hit}) as hit from events where listed and ${only} and ${range} order by ${order} limit ${length}),
    ${name("hits")} as materialized (select id, start_time from ${name("walk")} where hit),
    ${name("rest")} as materialized (${rest}),
    ${name("ids")} as (
      select id, start_time from ${name("running")} union select id, start_time from ${name("hits")} union
      select id, start_time from ${name("rest")} order by ${order} limit ${limit}),
    ${name("total")} as (
      select (select count(*) from ${name("running")}) + greatest((select count(*) from ${name("hits")}), (select count(*) from ${name("rest")})) as known,
        (select count(*) from ${name("walk")}) < ${length} or ${ordered ? sql`false` : needed} as exact)`;
}
