import { sql } from "drizzle-orm";
import { connect, type Database } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { createActor } from "#lib/actor/commands.ts";
import { importEvents } from "#lib/event/import/commands.ts";
import { operator } from "#lib/policy/viewer.ts";
import { inventedText } from "./calendar.ts";

/** What the measured requests ask for. */
export type Subjects = { word: string; town: string; ids: string[] };

const organisers = 200;
/** Days around today that events begin on. */
const spread = 1461;

/**
 * Fills the database of a running server: imports a calendar, makes `size` events of its entries, each on another day and
 * at another place, and removes the originals. Towns follow Zipf's law: the second has half as many as the first.
 */
export async function fill(dataDir: string, calendar: Uint8Array, size: number): Promise<Subjects> {
  const { url } = await startEmbedded(dataDir, { share: true });
  const { db, close } = connect(url, { max: 1, statementTimeout: 0 });
  try {
    const { id } = await createActor(db, operator, { handle: "bench", type: "Group", name: "Bench" });
    await importEvents(db, operator, id, calendar);
    await multiply(db, id, size);
    return await subjectsOf(db);
  } finally {
    await close();
  }
}

async function multiply(db: Database, source: string, size: number): Promise<void> {
  await db.execute(sql`select setseed(0.4)`);
  await db.execute(sql`create temp table source as
    select e.*, row_number() over () as at from events e where organizer_id = ${source}`);
  await db.execute(sql`create temp table spot as
    select place_id, locality, latitude, longitude, timezone, row_number() over (order by count desc, locality) as at from (
      select distinct on (locality) place_id, locality, latitude, longitude, timezone, count(*) over (partition by locality)
      from source where latitude is not null and locality is not null order by locality, id) towns`);
  await db.execute(
    sql`create temp table organiser as select gen_random_uuid() as id, n as at from generate_series(1, ${organisers}::int) n`,
  );
  await db.execute(
    sql`insert into actors (id, type, handle, name) select id, 'Group', 'group_' || at, 'Group ' || at from organiser`,
  );
  await db.execute(sql`delete from events`);
  const indexes = await db.execute<{ name: string; definition: string }>(
    sql`select indexname as name, indexdef as definition from pg_indexes where tablename = 'events' and indexname not in ('events_pkey', 'events_uid')`,
  );
  for (const { name } of indexes) await db.execute(sql.raw(`drop index ${name}`));
  await db.execute(sql`
    insert into events (id, uid, organizer_id, state, published_at, name, content, language, category, tags, timezone, all_day, start_wall,
      end_wall, start_time, end_time, tzdata, status, attendance_mode, place_id, latitude, longitude, locality, join_mode, created_at, updated_at)
    select gen_random_uuid(), 'bench-' || n, o.id, 'published', now(), name, case when content = '' then ${inventedText} else content end,
      language, category, tags, zone, all_day, begins, begins + (end_wall - start_wall), begins at time zone zone,
      (begins at time zone zone) + (end_time - start_time), tzdata, status, attendance_mode, place, latitude, longitude, town, 'free',
      now() - n * interval '1 second', now() - n * interval '1 second'
    from (
      select n, s.name, s.content, s.language, s.category, s.tags, s.all_day, s.start_wall, s.end_wall, s.start_time, s.end_time, s.tzdata,
        s.status, s.attendance_mode, coalesce(p.timezone, s.timezone) as zone, p.place_id as place, p.locality as town,
        p.latitude + jitter as latitude, p.longitude + jitter as longitude, organiser,
        current_date + day + s.start_wall::time as begins
      from (
        select n, 1 + floor(random() * (select count(*) from source)) as entry, floor(power((select count(*) + 1 from spot), random())) as town,
          floor((random() - 0.5) * ${spread}::int)::int as day, (random() - 0.5) / 5 as jitter, 1 + floor(random() * ${organisers}::int) as organiser
        from generate_series(1, ${size}::int) n offset 0) dice
      join source s on s.at = dice.entry left join spot p on p.at = dice.town and s.latitude is not null) chosen
    join organiser o on o.at = chosen.organiser`);
  for (const { definition } of indexes) await db.execute(sql.raw(definition));
  for (const table of ["events", "places", "towns", "actors"]) await db.execute(sql.raw(`vacuum analyze ${table}`));
  await db.execute(sql`checkpoint`);
}

/** The most frequent word of titles, the town with most events, and forty events to come. */
async function subjectsOf(db: Database): Promise<Subjects> {
  const [word] = await db.execute<{ word: string }>(sql`
    select word from (select unnest(regexp_split_to_array(lower(name), '[^[:alpha:]]+')) as word from events where end_time > now()) words
    where length(word) >= 4 group by word order by count(*) desc, word limit 1`);
  const [town] = await db.execute<{ town: string }>(sql`
    select t.name as town from events e join towns t on fold(t.name) = fold(e.locality) where e.end_time > now()
    group by t.name order by count(*) desc, t.name limit 1`);
  const rows = await db.execute<{ id: string }>(
    sql`select id from events where start_time > now() and latitude is not null order by id limit 40`,
  );
  if (!word || !town || rows.length === 0) throw new Error("The calendar has no entry with a title and a place.");
  return { word: word.word, town: town.town, ids: rows.map(({ id }) => id) };
}
