import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { newId } from "#lib/ids.ts";
import { enqueue, startSender, stopSender } from "./enqueue.ts";
import { jobKinds } from "./kinds.ts";
import { startWorker } from "./worker.ts";

let test: TestDatabase;
const workers: { stop: () => Promise<void> }[] = [];
beforeAll(async () => {
  test = await testDatabase();
  await startSender(test.db);
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map(({ stop }) => stop()));
  await test.db.execute(sql`delete from pgboss.job`);
});
afterAll(async () => {
  await stopSender();
  await test.drop();
});

type Handlers = NonNullable<Parameters<typeof startWorker>[2]>;
const work = async (handlers: Handlers) => {
  const worker = await startWorker(test.url, test.db, handlers);
  workers.push(worker);
  return worker;
};
const jobs = () =>
  test.db.execute<{
    name: string;
    state: string;
    retry_count: number;
    data: object;
    output: { message?: string } | null;
  }>(sql`select name, state, retry_count, data, source_output from pgboss.job order by created_on, name`);
const until = async (condition: () => unknown, patience = 20_000) => {
  const late = Date.now() + patience;
  while (!(await condition())) {
    if (Date.now() > late) throw new Error("It did not happen in time");
    await sleep(50);
  }
};

describe("a job", () => {
  it("exists when its transaction is committed, and only then", async () => {
    const ran: string[] = [];
    const kept = newId();
    await expect(
      test.db.transaction(async (tx) => {
        await enqueue(tx, "mail", { mailId: newId() });
        throw new Error("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    expect(await jobs()).toEqual([]);
    await test.db.transaction((tx) => enqueue(tx, "mail", { mailId: kept }));
    expect(await jobs()).toMatchObject([{ name: "mail", state: "created", data: { mailId: kept } }]);
    await work({ mail: async (_, { mailId }) => void ran.push(mailId) });
    await until(() => ran.length > 0);
    expect(ran).toEqual([kept]);
  });

  it("runs soon after it was made, while a worker waits", async () => {
    let ran = 0;
    await work({ mail: async () => void ran++ });
    await sleep(300);
    const start = Date.now();
    await test.db.transaction((tx) => enqueue(tx, "mail", { mailId: newId() }));
    await until(() => ran === 1);
    expect(Date.now() - start).toBeLessThan(2_500);
  });

  it("does not wait for a poll behind others: 200 of one transaction run within seconds", async () => {
    let ran = 0;
    await work({ mail: async () => void ran++ });
    await sleep(300);
    const start = Date.now();
    await test.db.transaction(async (tx) => {
      for (let at = 0; at < 200; at++) await enqueue(tx, "mail", { mailId: newId() });
    });
    await until(() => ran >= 200);
    expect(Date.now() - start).toBeLessThan(10_000);
  });

  it("waits until it is due", async () => {
    const ran: string[] = [];
    await test.db.transaction(async (tx) => {
      await enqueue(tx, "mail", { mailId: "later" }, { at: new Date(Date.now() + 3_600_000) });
      await enqueue(tx, "mail", { mailId: "now" });
    });
    await work({ mail: async (_, { mailId }) => void ran.push(mailId) });
    await until(() => ran.length > 0);
    await sleep(1_000);
    expect(ran).toEqual(["now"]);
  });

  it("is run by one of several workers", async () => {
    const ran: string[] = [];
    const handlers: Handlers = { mail: async (_, { mailId }) => void ran.push(mailId) };
    await Promise.all([work(handlers), work(handlers), work(handlers)]);
    const ids = Array.from({ length: 60 }, () => newId());
    await test.db.transaction(async (tx) => {
      for (const mailId of ids) await enqueue(tx, "mail", { mailId });
    });
    await until(() => ran.length >= ids.length, 30_000);
    await sleep(500);
    expect([...ran].sort()).toEqual([...ids].sort());
  }, 60_000);

  it("for a server that takes its time lets those for others pass, and runs once for one thing", async () => {
    const [begun, done]: string[][] = [[], []];
    const slow = Promise.withResolvers<void>();
    await test.db.transaction(async (tx) => {
      for (const name of ["slow/1", "slow/2", "slow/2", "slow/3", "quick/1", "quick/2"])
        await enqueue(tx, "passed-on", { uri: name }, { once: name, among: name.split("/")[0]! });
    });
    await work({
      "passed-on": async (_, { uri }) => {
        begun!.push(uri);
        if (uri.startsWith("slow")) await slow.promise;
        done!.push(uri);
      },
    });
    await until(() => done!.length === 2);
    expect([begun, done]).toEqual([expect.arrayContaining(["quick/1", "quick/2"]), ["quick/1", "quick/2"]]);
    expect(begun).toHaveLength(3);
    slow.resolve();
    await until(() => done!.length === 5);
  });

  it("that fails runs again, later each time, and lands among the dead with its reason, while others flow", async () => {
    // Each try of the real settings waits longer than a test may.
    await test.db.execute(
      sql`update pgboss.queue set retry_limit = 2, retry_delay = 1, retry_delay_max = 2 where name = 'mail'`,
    );
    const tries: number[] = [];
    const others: string[] = [];
    await work({
      mail: async (_, { mailId }) => {
        if (mailId !== "bad") return void others.push(mailId);
        tries.push(Date.now());
        throw new Error(`550 <ada@example.org> is unknown, try ${tries.length}`, { cause: new Error("refused") });
      },
    });
    await test.db.transaction((tx) => enqueue(tx, "mail", { mailId: "bad" }));
    await until(() => tries.length > 0);
    await test.db.transaction((tx) => enqueue(tx, "mail", { mailId: "good" }));
    const dead = async () => (await jobs()).filter(({ name }) => name === "dead");
    await until(async () => (await dead()).length > 0, 30_000);
    expect(tries).toHaveLength(3);
    expect(tries[2]! - tries[0]!).toBeGreaterThan(1_500);
    expect(others).toEqual(["good"]);
    expect(await dead()).toMatchObject([
      {
        state: "created",
        data: { mailId: "bad" },
        source_output: { message: "550 <[address]> is unknown, try 3: refused" },
      },
    ]);
    await test.db.execute(
      sql`update pgboss.queue set retry_limit = ${jobKinds.mail.retryLimit}, retry_delay = ${jobKinds.mail.retryDelay}, retry_delay_max = ${jobKinds.mail.retryDelayMax} where name = 'mail'`,
    );
  }, 60_000);

  it("that poisons its payload harms nobody else", async () => {
    const ran: unknown[] = [];
    await test.db.execute(
      sql`insert into pgboss.job (name, data, retry_limit) select 'mail', d::jsonb, 0 from unnest(array['null', '[]', '"x"', '{}', '{"mailId": {"$ne": 1}}']) d`,
    );
    await test.db.transaction((tx) => enqueue(tx, "mail", { mailId: "good" }));
    await work({ mail: async (_, payload) => void ran.push((payload as { mailId?: unknown } | null)?.mailId) });
    await until(() => ran.includes("good"));
  });

  it("outlives its worker: killed in mid-job, it runs again within 60 s and takes effect once", async () => {
    await test.db.execute(
      sql`create table begun (pid int); create table effect (job text primary key, times int default 1)`,
    );
    const stuck = spawn(process.execPath, [fileURLToPath(new URL("./fixtures/stuck.ts", import.meta.url)), test.url], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    await test.db.transaction(async (tx) => {
      await enqueue(tx, "purge", {});
      // However often it has failed before.
      await tx.execute(
        sql`update pgboss.job set retry_count = 6, retry_limit = 20, retry_delay = 30 where name = 'purge'`,
      );
    });
    const begun = async () => (await test.db.execute(sql`select 1 from begun`)).length === 1;
    await until(begun);
    const gone = new Promise((resolve) => stuck.once("exit", resolve));
    stuck.kill("SIGKILL");
    await gone;
    const killed = Date.now();
    expect((await jobs()).filter(({ name }) => name === "purge")).toMatchObject([{ state: "active" }]);
    let ran = 0;
    await work({
      purge: async () => {
        await test.db.execute(sql`insert into effect (job) values ('purge') on conflict do nothing`);
        ran++;
      },
    });
    await until(() => ran > 0, 60_000);
    expect(Date.now() - killed).toBeLessThan(60_000);
    expect(await test.db.execute(sql`select times from effect`)).toEqual([{ times: 1 }]);
  }, 90_000);

  it("in the hands of a worker that is told to stop is finished, and none is begun any more", async () => {
    const ended: string[] = [];
    let begun = 0;
    const worker = await work({
      mail: async (_, { mailId }) => {
        begun++;
        await sleep(1_500);
        ended.push(mailId);
      },
    });
    await test.db.transaction((tx) => enqueue(tx, "mail", { mailId: "first" }));
    await until(() => begun === 1);
    const stopping = worker.stop();
    await test.db.transaction((tx) => enqueue(tx, "mail", { mailId: "second" }));
    await stopping;
    expect(ended).toEqual(["first"]);
    expect((await jobs()).map(({ state, data }) => ({ state, data }))).toContainEqual({
      state: "created",
      data: { mailId: "second" },
    });
  });
});

describe("every kind of job", () => {
  it("is retried with back-off for as long as it says, beats while it runs, and is kept when it is given up", async () => {
    const queues = await test.db.execute<Record<string, number | string | boolean>>(sql`select * from pgboss.queue`);
    for (const [kind, retries] of Object.entries(jobKinds)) {
      const queue = queues.find(({ name }) => name === kind)!;
      expect(queue).toMatchObject({
        retry_limit: retries.retryLimit,
        retry_delay: retries.retryDelay,
        retry_delay_max: retries.retryDelayMax,
        retry_backoff: true,
        heartbeat_seconds: 20,
        dead_letter: "dead",
        retention_seconds: 90 * 86_400,
        deletion_seconds: 3_600,
      });
    }
    expect(queues.find(({ name }) => name === "dead")).toMatchObject({ retention_seconds: 30 * 86_400 });
  });
});
