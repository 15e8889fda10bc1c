import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn, setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { type Connection, connect, transact } from "./client.ts";
import { startEmbedded } from "./embedded.ts";
import { serverUrl } from "./testing.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function open(url: string, max: number): Connection["db"] {
  const { db, close } = connect(url, { max });
  ends.push(close);
  return db;
}
const postmaster = (home: string) =>
  Number(readFileSync(join(home, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);

describe("a pool of connections", () => {
  it("takes and gives arrays of texts", async () => {
    const db = open(serverUrl(), 1);
    const words = ["plain", 'a "quote", a comma', "back\\slash", "{brace}", "NULL", "", "line\nbreak"];
    const [row] = await db.execute(sql`
      select ${sql.param(words)}::text[] as texts, ${sql.param(words)}::varchar[] as varchars,
        '{00000000-0000-4000-8000-000000000001}'::uuid[] as uuids, '{}'::text[] as none, array['a', null] as holes`);
    expect(row).toEqual({
      texts: words,
      varchars: words,
      uuids: ["00000000-0000-4000-8000-000000000001"],
      none: [],
      holes: ["a", null],
    });
  });

  it("lets a transaction say no more once its connection was closed, though it is open again", async () => {
    const db = open(serverUrl(), 1);
    const other = open(serverUrl(), 1);
    await other.execute(sql`create table said (word text)`);
    ends.push(() => other.execute(sql`drop table said`));
    const backTo = Promise.withResolvers<void>();
    const late = Promise.withResolvers<unknown>();
    const transaction = db.transaction(async (tx) => {
      await tx.execute(sql`insert into said values ('first')`);
      const [own] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await other.execute(sql`select pg_terminate_backend(${own!.pid})`);
      await backTo.promise;
      await tx.transaction((inner) => inner.execute(sql`select 1`)).catch(() => {});
      late.resolve(await tx.execute(sql`insert into said values ('late')`).catch((error) => error.cause?.code));
      throw new Error("It would roll back");
    });
    await expect(transaction).rejects.toThrow(/CONNECTION_CLOSED/);
    // The one connection serves somebody else's transaction while the lost one goes on.
    await db.transaction(async (tx) => {
      await tx.execute(sql`insert into said values ('kept')`);
      backTo.resolve();
      expect(await late.promise).toBe("CONNECTION_CLOSED");
      await wait(50);
    });
    expect(await other.execute(sql`select word from said`)).toEqual([{ word: "kept" }]);
  });

  it("answers every query while its server is killed and told to stop, keeps transactions whole, and is itself again", async () => {
    const home = mkdtempSync(join(tmpdir(), "parvis-pool-"));
    const server = await startEmbedded(home, { fast: true });
    ends.push(() => server.stop().then(() => rmSync(home, { recursive: true, force: true })));
    const db = open(server.url, 6);
    await db.execute(sql`create table pairs (id int, part int)`);
    let on = true;
    let last = 0;
    const refused = new Set<string>();
    const refuse = async (error: Error) => {
      refused.add(String((error.cause as { code?: string })?.code ?? (error as { code?: string }).code));
      await wait(5);
    };
    const write = async (pause: () => Promise<unknown>) => {
      while (on) {
        const id = ++last;
        await transact(db, async (tx) => {
          await tx.execute(sql`insert into pairs values (${id}, 1)`);
          await pause();
          await tx.execute(sql`insert into pairs values (${id}, 2)`);
        }).catch(refuse);
      }
    };
    const read = async () => {
      while (on) {
        await db.execute(sql`select ${++last}::int`).catch(refuse);
        await turn();
      }
    };
    const pauses = [turn, turn, () => wait(30), () => wait(400)];
    const all = [...pauses.map(write), read(), read(), read(), read()];
    for (const signal of ["SIGKILL", "SIGINT"] as const) {
      await wait(600);
      const pid = postmaster(home);
      process.kill(pid, signal);
      while (
        await db.execute(sql`select 1`).then(
          () => postmaster(home) === pid,
          () => true,
        )
      )
        await wait(20);
    }
    on = false;
    await Promise.all(all);
    expect([...refused]).toContain("CONNECTION_CLOSED");
    expect(await db.execute(sql`select id from pairs group by id having count(*) <> 2`)).toEqual([]);
  });
});
