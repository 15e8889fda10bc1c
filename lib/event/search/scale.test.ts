import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { newId } from "#lib/ids.ts";
import { findTown } from "#lib/place/queries.ts";
import { parseSearch } from "./input.ts";
import { type Criteria, countAlternatives, lastChange, listEvents } from "./queries.ts";
import { windowOf } from "./window.ts";

// A million takes a minute and a half: SEARCH_SCALE=1000000 npx vitest run --project code lib/event/search/scale.test.ts
const size = Number(process.env.SEARCH_SCALE ?? 100_000);
const now = new Date("2026-11-23T12:00:00Z");
let base: TestDatabase;

/** Four years of events around now, a tenth of them in one city, a few words frequent and most rare. */
async function fill(db: Database): Promise<void> {
  const organizer = newId();
  await db.insert(schema.actors).values({ id: organizer, type: "Group", handle: "bench", name: "Bench" });
  const indexes = await db.execute<{ name: string; definition: string }>(
    sql`select indexname as name, indexdef as definition from pg_indexes where tablename = 'events' and indexname not in ('events_pkey', 'events_uid')`,
  );
  for (const { name } of indexes) await db.execute(sql.raw(`drop index ${name}`));
  await db.execute(sql`set statement_timeout = 0`);
  await db.execute(sql`select setseed(0.4)`);
  await db.execute(sql`
    insert into events (id, uid, organizer_id, state, name, content, language, category, tags, timezone, start_wall, start_time, end_time,
      tzdata, status, attendance_mode, latitude, longitude, locality, updated_at)
    select gen_random_uuid(), n::text, ${organizer}, 'published',
      (array['Concert', 'Atelier', 'Repair café', 'Randonnée', 'Vollversammlung', 'Lecture', 'Fest'])[1 + n % 7] || ' '
        || case when r < 0.05 then 'vélo' when r < 0.06 then 'montréalais' else 'numéro' end || ' w' || (n % 5000)
        || case when n % 50000 = 77 then ' quetzalcoatl' else '' end,
      'Nous nous retrouvons ensemble, entrée libre, bring your friends ' || md5(n::text),
      (array['fr', 'fr', 'fr-CA', 'en', 'de'])[1 + n % 5], (array['MUSIC', 'MEETING', 'SPORTS', 'ARTS', 'GAMES'])[1 + (n / 7) % 5],
      case when n % 100 = 0 then array['cycling'] when n % 20000 = 1 then array['rare'] else '{}'::varchar[] end,
      'Europe/Paris', at::timestamp, at, at + case when n % 40 = 0 then interval '6 days' else interval '2 hours' end, '2026a',
      case when n % 5000 = 3 then 'cancelled' else 'confirmed' end, case when n % 300 = 0 then 'online' else 'offline' end,
      case when n % 10 = 0 then 48.8 + p / 10 else -60 + 120 * p end, case when n % 10 = 0 then 2.3 + q / 10 else -180 + 360 * q end,
      case when n % 10 = 0 then 'Paris' else 'Town ' || n % 900 end, ${now.toISOString()}::timestamptz - n * interval '1 second'
    from (select n, random() r, random() p, random() q,
      date_trunc('minute', ${now.toISOString()}::timestamptz + (random() - 0.5) * interval '1461 days') as at
      from generate_series(1, ${size}::int) n) x`);
  for (const { definition } of indexes) await db.execute(sql.raw(definition));
  await db.execute(sql`insert into towns (id, name, country, latitude, longitude, weight)
    select gen_random_uuid(), 'Town ' || n, 'France', 45, 3, n from generate_series(1, 20000) n`);
  await db.execute(sql`insert into towns (id, name, country, latitude, longitude, weight) values
    (gen_random_uuid(), 'Montréal', 'Canada', 45.5, -73.57, 900), (gen_random_uuid(), 'Montreal', 'France', 43.2, 2.14, 2), (gen_random_uuid(), 'Lyon', 'France', 45.76, 4.83, 80)`);
  await db.execute(sql`vacuum analyze events`);
  await db.execute(sql`vacuum analyze towns`);
}

/** Runs a query with every statement explained: the plans, and the fewest milliseconds that it took in three more runs. */
async function explained(work: (db: Database) => Promise<unknown>): Promise<{ plan: string; took: number }> {
  const plans: string[] = [];
  const spy = new Proxy(base.db, {
    get: (target, key) =>
      key === "execute"
        ? async (query: SQL) => {
            const rows = await target.execute<{ "QUERY PLAN": string }>(sql`explain (analyze, buffers) ${query}`);
            plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
            return target.execute(query);
          }
        : Reflect.get(target, key),
  });
  await work(spy as Database);
  let took = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    await work(base.db);
    took = Math.min(took, performance.now() - start);
  }
  return { plan: plans.join("\n\n"), took };
}

const criteria = (params: Record<string, string>, near: Criteria["near"] = null): Criteria => {
  const { search } = parseSearch(params);
  return { ...search, near, window: windowOf(search, "Europe/Paris", now) };
};

const paris = { latitude: 48.85, longitude: 2.35, radius: 25 };
const nowhere = { latitude: -48.876, longitude: -123.393, radius: 500 };

const pages: [string, Criteria][] = [
  ["home", criteria({})],
  ["past", criteria({ when: "past" })],
  ["weekend", criteria({ when: "weekend" })],
  ["a word in 5 %", criteria({ q: "velo" })],
  ["a word in 1 %", criteria({ q: "montréalais" })],
  ["a word in a seventh", criteria({ q: "concert" })],
  ["a rare word", criteria({ q: "quetzalcoatl" })],
  ["an unfinished word", criteria({ q: "quetzalc" })],
  ["a frequent and a rare word", criteria({ q: "concert w4711" })],
  ["a big city", criteria({}, paris)],
  ["a village", criteria({}, { latitude: 30.5, longitude: 60.5, radius: 25 })],
  ["an ocean", criteria({}, nowhere)],
  ["a rare word in a big city", criteria({ q: "quetzalcoatl" }, paris)],
  ["a frequent tag", criteria({ tag: "cycling" })],
  ["a rare tag", criteria({ tag: "rare" })],
  ["a category", criteria({ category: "SPORTS" })],
  ["a category that nobody uses", criteria({ category: "PETS" })],
  ["a language", criteria({ language: "de" })],
  ["a language that nobody speaks", criteria({ language: "eo" })],
  ["online", criteria({ mode: "online" })],
  ["cancelled", criteria({ status: "cancelled" })],
  ["category, language and online", criteria({ category: "ARTS", language: "de", mode: "online" })],
  ["everything but a word", criteria({ q: "-concert" })],
  ["page 2 of a word", criteria({ q: "velo", after: `${now.getTime() + 86_400_000}.${newId()}` })],
];

describe(`search over ${size} events`, () => {
  beforeAll(async () => {
    base = await testDatabase({ max: 1 });
    await fill(base.db);
  }, 400_000);
  afterAll(() => base?.drop());

  it.each(pages)("finds %s by indexes, quickly", async (name, wanted) => {
    const { plan, took } = await explained((db) => listEvents(db, wanted, 30));
    if (process.env.SEARCH_PLANS)
      process.stdout.write(
        `${name}: ${took.toFixed(1)} ms\n${new RegExp(process.env.SEARCH_PLANS).test(name) ? plan : ""}\n`,
      );
    expect(unread(plan)).not.toMatch(/Seq Scan on events/);
    expect(took).toBeLessThan(150);
  });

  it("finds a town among thousands by its index, the heavier of two namesakes, and what was meant by a misspelt one", async () => {
    const { plan, took } = await explained((db) => findTown(db, "MONTREAL"));
    expect(plan).not.toMatch(/Seq Scan on towns/);
    expect(took).toBeLessThan(50);
    expect((await findTown(base.db, "montreal")).town).toMatchObject({ country: "Canada" });
    expect((await findTown(base.db, "Montréal, France")).town).toMatchObject({ country: "France" });
    const unknown = await findTown(base.db, "Montrael");
    expect(unknown.town).toBeNull();
    expect(unknown.suggestions[0]?.name).toBe("Montréal");
    const short = await explained((db) => findTown(db, "Lion"));
    expect(short.plan).not.toMatch(/Seq Scan on towns/);
    expect((await findTown(base.db, "Lion")).suggestions.map(({ name }) => name)).toEqual(["Lyon"]);
    expect((await findTown(base.db, "%")).suggestions).toEqual([]);
  });

  it("finds titles that look like a misspelt one", async () => {
    const { plan, took } = await explained((db) => listEvents(db, criteria({ q: "quetzalcoaltl" }), 30));
    if (process.env.SEARCH_PLANS) process.stdout.write(`misspelt: ${took.toFixed(1)} ms\n`);
    expect(unread(plan)).not.toMatch(/Seq Scan on events/);
    const found = await listEvents(base.db, criteria({ q: "quetzalcoaltl" }), 30);
    expect(found.similar).toBe(true);
    expect(found.events[0]?.name).toMatch(/quetzalcoatl/);
  });

  it("counts what other filters would find in one statement", async () => {
    const alternatives = ["q", "near", "when"].map((one) => ({ name: one, criteria: criteria({ q: one }, nowhere) }));
    const { took } = await explained((db) => countAlternatives(db, alternatives));
    expect(took).toBeLessThan(200);
  });

  it("knows at once whether anything changed", async () => {
    const { plan, took } = await explained(lastChange);
    expect(plan).toMatch(/events_updated/);
    expect(took).toBeLessThan(5);
  });
});

/** A plan without the branches that were planned but never run. */
const unread = (plan: string): string =>
  plan
    .split("\n")
    .filter((line) => !line.includes("(never executed)"))
    .join("\n");
