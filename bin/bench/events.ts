import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { createActor } from "#lib/actor/commands.ts";
import { createEvents } from "#lib/event/commands.ts";
import { importEvents } from "#lib/event/import/commands.ts";
import { operator } from "#lib/policy/viewer.ts";
import { english } from "../demo/english.ts";
import { french } from "../demo/french.ts";
import { german } from "../demo/german.ts";
import { venues } from "../demo/venues.ts";

const mapped = Object.values(venues).filter((venue) => "latitude" in venue);

/** Some hundred events to vary: of an iCalendar file, or of the demonstration's words and towns. */
async function base(db: Database, ics: string | null): Promise<void> {
  const organizer = await createActor(db, operator, { type: "Group", handle: "bench", name: "Bench" });
  if (ics) {
    await importEvents(db, operator, organizer.id, readFileSync(ics));
    return;
  }
  const texts = [...english, ...french, ...german];
  const inputs = Array.from({ length: 500 }, (_, at) => {
    const { name, text, lang, category, tags } = texts[at % texts.length]!;
    // Towns are as unequal as in life: the first of the list has a third of everything.
    const venue = mapped[Math.floor(mapped.length * ((at * 0.618) % 1) ** 3)]!;
    const { timezone, ...place } = venue;
    const common = {
      category,
      tags: tags ?? [],
      timezone,
      place,
      maximumAttendeeCapacity: 40,
      state: "published" as const,
    };
    return {
      ...common,
      name: `${name.slice(0, 190)} ${at}`,
      content: text,
      language: lang,
      startWall: "2026-12-05T19:00:00",
      endWall: "2026-12-05T21:00:00",
    };
  });
  for (let at = 0; at < inputs.length; at += 100)
    await createEvents(db, operator, organizer.id, inputs.slice(at, at + 100));
}

/**
 * Fills an empty database with exactly `count` events around today: the base ones again and again, each at another time of
 * two years and up to half a degree beside its town.
 */
export async function fill(db: Database, count: number, ics: string | null): Promise<void> {
  await base(db, ics);
  const columns = await db.execute<{ name: string }>(sql`
    select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = 'events' and is_generated = 'NEVER'`);
  const varied: Record<string, string> = {
    id: "uuidv7()",
    uid: "gen_random_uuid()::text",
    start_time: "s",
    end_time: "s + (e.end_time - e.start_time)",
    start_wall: "s at time zone e.timezone",
    end_wall: "(s + (e.end_time - e.start_time)) at time zone e.timezone",
    latitude: "least(90, greatest(-90, e.latitude + (random() - 0.5)))",
    longitude: "least(180, greatest(-180, e.longitude + (random() - 0.5)))",
    name: "left(e.name || ' ' || n, 200)",
  };
  const names = columns.map(({ name }) => name);
  await db.execute(sql`set statement_timeout = 0`);
  await db.execute(
    sql.raw(`
    with original as (select *, row_number() over (order by id) as place, count(*) over () as total from events)
    insert into events (${names.map((name) => `"${name}"`).join(", ")})
    select ${names.map((name) => varied[name] ?? `e."${name}"`).join(", ")}
    from generate_series(1, ${count}) n
    cross join lateral (select date_trunc('hour', now() - interval '1 year' + random() * interval '2 years' + n * interval '0 s') as s) t
    join original e on e.place = 1 + n % e.total`),
  );
  await db.execute(
    sql`delete from events where id in (select id from events order by id limit greatest(0, (select count(*) from events) - ${count}))`,
  );
  await db.execute(sql`vacuum analyze`);
}
