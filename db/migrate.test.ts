import { sql } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { emptyDatabase } from "#bin/testing/instance.ts";
import { ensureQueues } from "#lib/jobs/queues.ts";
import { connect } from "./client.ts";
import { knownMigrations, migrateDatabase } from "./migrate.ts";

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function empty() {
  const { url, drop } = await emptyDatabase();
  ends.push(drop);
  const { db, close } = connect(url, { max: 2 });
  ends.push(close);
  const one = async (query: string) => Object.values((await db.execute(sql.raw(query)))[0] ?? {})[0];
  return { url, one };
}

describe("migrations", () => {
  it("fill an empty database, and find nothing to do the second time", async () => {
    const { url, one } = await empty();
    await migrateDatabase(url);
    await ensureQueues(url);
    const done = await one("select count(*)::int from drizzle.__drizzle_migrations");
    expect(done).toBe(knownMigrations());
    expect(await one("select count(*)::int from events")).toBe(0);
    await migrateDatabase(url);
    await ensureQueues(url);
    expect(await one("select count(*)::int from drizzle.__drizzle_migrations")).toBe(done);
  });

  it("are done once when several processes start at once", async () => {
    const { url, one } = await empty();
    const start = async () => {
      await migrateDatabase(url);
      await ensureQueues(url);
    };
    await Promise.all(Array.from({ length: 4 }, start));
    expect(await one("select count(*)::int from drizzle.__drizzle_migrations")).toBe(knownMigrations());
    expect(await one("select count(*)::int from pgboss.queue where name in ('mail', 'dead')")).toBe(2);
  });

  it("refuse a database that a newer Parvis wrote, in a sentence, and leave it as it is", async () => {
    const { url, one } = await empty();
    await migrateDatabase(url);
    await one(
      "insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 99999999999999) returning id",
    );
    await expect(migrateDatabase(url)).rejects.toThrow("written by a newer Parvis than this one");
    expect(await one("select count(*)::int from drizzle.__drizzle_migrations")).toBe(knownMigrations() + 1);
  });

  it("say in a sentence why a database cannot be used, and never its password", async () => {
    const { url } = await empty();
    const faults: [Partial<URL>, string][] = [
      [{ port: "1" }, "does not answer (ECONNREFUSED). Start it, or correct DATABASE_URL."],
      [{ password: "hunter2" }, "refuses this user or password."],
      [{ pathname: "/nowhere" }, "has no database of this name."],
    ];
    for (const [change, sentence] of faults) {
      const wrong = Object.assign(new URL(url), change);
      await expect(migrateDatabase(wrong.href)).rejects.toThrow(`The PostgreSQL at ${wrong.host} ${sentence}`);
    }
  });

  it("leave a database as it was when one of them fails", async () => {
    const { url, one } = await empty();
    await one("create table events (in_the_way int)");
    await expect(migrateDatabase(url)).rejects.toThrow();
    expect(await one("select count(*)::int from pg_tables where schemaname = 'public'")).toBe(1);
  });

  it("need no superuser: an owner of a database may run Parvis", async () => {
    const { url, one } = await empty();
    const role = `owner_${Date.now()}`;
    const name = new URL(url).pathname.slice(1);
    await one(`create role ${role} login password 'plain'`);
    await one(`alter database ${name} owner to ${role}`);
    const mine = Object.assign(new URL(url), { username: role, password: "plain" }).href;
    await migrateDatabase(mine);
    await ensureQueues(mine);
    expect(await one(`select rolsuper from pg_roles where rolname = '${role}'`)).toBe(false);
    ends.push(
      () => one(`drop owned by ${role} cascade`).then(() => {}),
      () => one(`reassign owned by ${role} to parvis`).then(() => one(`alter database ${name} owner to parvis`)),
    );
  });
});
