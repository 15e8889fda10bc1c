import { sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";

const { towns } = schema;

export type Town = { name: string; country: string; latitude: number; longitude: number };

/** "Lyon" or "Lyon, France": what somebody types, without the country's name taken for a town's. */
const parts = (words: string) => {
  const [name = "", ...country] = words.split(",").map((part) => part.trim());
  return { name, country: country.join(", ") };
};

/**
 * The town that somebody means by a name: accents and case apart, the one with most events first. When there is none,
 * the five names that look most like it. One query: indexes `towns_name` and `towns_similar`.
 */
export async function findTown(db: Db, words: string): Promise<{ town: Town | null; suggestions: Town[] }> {
  const { name, country } = parts(words);
  // One wrong letter of four leaves a quarter of the trigrams alone; the first one, which is seldom wrong, is what the index asks.
  const initial = sql`fold(${/^\p{L}/u.exec(name)?.[0] ?? null}::text) || '%'`;
  const rows = await db.execute<Town & { exact: boolean }>(sql`
    with exact as (
      select name, country, latitude, longitude, weight, ${country} <> '' and fold(country) = fold(${country}) as fits from ${towns}
      where fold(name) = fold(${name}) order by fits desc, weight desc limit 1
    ), alike as (
      select name, country, latitude, longitude, similarity(fold(name), fold(${name})) as likeness, weight from ${towns}
      where (fold(name) % fold(${name}) or fold(name) like ${initial} and similarity(fold(name), fold(${name})) >= 0.25)
        and not exists (select 1 from exact) order by likeness desc, weight desc limit 5
    )
    select name, country, latitude, longitude, true as exact from exact
    union all select name, country, latitude, longitude, false from alike`);
  const plain = rows.map(({ exact: _, ...town }) => town);
  return rows[0]?.exact ? { town: plain[0]!, suggestions: [] } : { town: null, suggestions: plain };
}
