import { type SQL, sql } from "drizzle-orm";
import { boxesAround } from "#lib/place/box.ts";
import type { Search } from "../input.ts";
import type { Window } from "../window.ts";

/** A search whose place and dates are settled: what the queries need, and nothing of the reader. */
export type Criteria = Pick<Search, "q" | "category" | "tag" | "language" | "mode" | "status" | "scope" | "after"> & {
  window: Window;
  near: { latitude: number; longitude: number; radius: number } | null;
};

const all = (conditions: SQL[]): SQL => sql.join([sql`true`, ...conditions], sql` and `);

/** Scripts without spaces between words: the index has a whole title of them as one word, which two signs may begin. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** The words of a query without quotes and operators; none when it uses those (then it means what it says). */
function plainWords(q: string): string[] {
  if (/"|(^|\s)or(\s|$)/i.test(q)) return [];
  const words = (q.match(/[\p{L}\p{Nd}\p{M}]+/gu) ?? []).slice(0, 12);
  const last = words.at(-1) ?? "";
  return last.length >= (unspaced.test(last) ? 2 : 3) ? words : [];
}

/**
 * Index `events_words`. Stems of eight languages, or all words as written with the last one unfinished. What must not be
 * there is asked apart: a word is stemmed otherwise in each language, and one "not" of eight is nearly always true.
 */
function wordsMatch(q: string): SQL {
  const excluded: string[] = [];
  const wanted = q.replace(/(^|\s)-("[^"]*"?|\S+)/g, (_, space: string, word: string) => {
    excluded.push(word);
    return space;
  });
  const without = excluded.length > 0 ? sql` and not search @@ search_words(${excluded.join(" or ")})` : sql``;
  if (excluded.length > 0 && wanted.trim() === "") return sql`true${without}`;
  const words = plainWords(wanted);
  if (words.length === 0) return sql`search @@ search_words(${wanted})${without}`;
  const list = sql.join(
    words.map((word) => sql`${word}`),
    sql`, `,
  );
  return sql`search @@ (search_words(${wanted}) || search_prefix(array[${list}]::text[]))${without}`;
}

/** Index `events_near`: one box around the circle, or two across the antimeridian. */
const boxMatch = ({ latitude, longitude, radius }: NonNullable<Criteria["near"]>): SQL =>
  sql`latitude is not null and (${sql.join(
    boxesAround(latitude, longitude, radius).map(
      ({ west, south, east, north }) =>
        sql`point(longitude, latitude) <@ box(point(${east}::float8, ${north}::float8), point(${west}::float8, ${south}::float8))`,
    ),
    sql` or `,
  )})`;

const circleMatch = ({ latitude, longitude, radius }: NonNullable<Criteria["near"]>): SQL =>
  sql`kilometres(${latitude}::float8, ${longitude}::float8, latitude, longitude) <= ${radius}::float8`;

/** Tags as people spell them: as given, small, capital or with a capital first. Index `events_tags`. */
function tagMatch(tag: string): SQL {
  const small = tag.toLowerCase();
  const spelt = [tag, small, tag.toUpperCase(), small.charAt(0).toUpperCase() + small.slice(1)];
  const list = sql.join(
    [...new Set(spelt)].map((one) => sql`${one}`),
    sql`, `,
  );
  return sql`tags && array[${list}]::varchar[]`;
}

export type Filters = {
  /** Everything together. */
  where: SQL;
  /** Words and tag: an index knows the set, but not its order. */
  sets: SQL | null;
  /** The box around the place, which an index knows, with its dates. */
  box: SQL | null;
  /** Nothing, or one filter with an index in the order of the list. */
  ordered: boolean;
};

/** The filters of a search: `events_category`, `events_language`, `events_status`, `events_mode`, and those above. */
export function filtersOf(criteria: Criteria): Filters {
  const { q, near, tag, category, language, mode, status, scope } = criteria;
  const sets = [...(q ? [wordsMatch(q)] : []), ...(tag ? [tagMatch(tag)] : [])];
  const box = near ? boxMatch(near) : null;
  const others: SQL[] = [];
  if (category) others.push(sql`category = ${category}`);
  if (language) others.push(sql`split_part(language, '-', 1) = ${language}`);
  if (status)
    others.push(status === "confirmed" ? sql`status = 'confirmed'` : sql`status = ${status} and status <> 'confirmed'`);
  const ordered = sets.length === 0 && !box && others.length <= 1 && !mode;
  if (mode) others.push(sql`attendance_mode in (${mode}, 'mixed')`);
  if (scope === "local") others.push(sql`uri is null`);
  const circle = near && box ? [sql`${box} and ${circleMatch(near)}`] : [];
  return {
    where: all([...sets, ...circle, ...others]),
    sets: sets.length > 0 ? all(sets) : null,
    box,
    ordered,
  };
}
