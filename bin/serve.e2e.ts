import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { connect as dial } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { connect } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { enqueue, startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { emptyDatabase, end, freePort, type Instance, startInstance } from "./testing/instance.ts";
import { wireTo } from "./testing/wire.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(options: Parameters<typeof startInstance>[0] = {}): Promise<Instance> {
  const instance = await startInstance(options);
  ends.push(() => end(instance.child, "SIGKILL", 5_000));
  return instance;
}

const until = async (condition: () => unknown, patience: number) => {
  const late = Date.now() + patience;
  while (!(await condition())) {
    if (Date.now() > late) throw new Error("It did not happen in time");
    await sleep(100);
  }
};
/** Reads the answer to its end: a connection whose answer nobody reads keeps the instance from stopping. */
const statusOf = async (url: string) => {
  const answer = await fetch(url).catch(() => null);
  await answer?.arrayBuffer();
  return answer?.status ?? 0;
};

describe("a production instance that runs", () => {
  let instance: Instance;
  beforeAll(async () => {
    instance = await startInstance();
  });
  afterAll(() => instance?.stop());

  it("shows no captured mail: /mailbox is not there", async () => {
    for (const path of [
      "/mailbox",
      `/mailbox/${newId()}`,
      `/mailbox/${newId()}/html`,
      `/mailbox/${newId()}/message.eml`,
      `/mailbox/${newId()}/attachments/0`,
    ])
      expect([path, await statusOf(instance.url + path)]).toEqual([path, 404]);
    expect(await (await fetch(instance.url)).text()).not.toContain("/mailbox");
  });

  it.each([
    ["its database under another APP_URL", () => ({ database: instance.databaseUrl! }), "which never changes"],
    ["its port", () => ({ settings: { PORT: String(instance.port) } }), "is in use by another program"],
  ])("lets no other have %s, which says why", async (_, options, sentence) => {
    const other = await startInstance({ ...options(), wait: false });
    await until(() => other.child.exitCode !== null, 20_000);
    expect(other.log()).toMatch(/^Parvis did not start: /m);
    expect(other.log()).toContain(sentence);
    expect(await statusOf(instance.url)).toBe(200);
  });
});

describe("a production instance", () => {
  it("starts on an empty database, answers, says nothing wrong, and ends when told", async () => {
    const { url, drop } = await emptyDatabase();
    ends.push(drop);
    const instance = await start({ database: url });
    expect(await statusOf(`${instance.url}/livez`)).toBe(200);
    const page = await fetch(instance.url);
    await page.text();
    expect([page.status, page.headers.get("set-cookie")]).toEqual([200, null]);
    expect(page.headers.get("content-security-policy")).toMatch(/script-src 'nonce-/);
    const begun = Date.now();
    await instance.stop();
    expect(Date.now() - begun).toBeLessThan(15_000);
    expect(instance.child.exitCode).toBe(0);
  });

  it("keeps a database of its own under DATA_DIR, over restarts and kill -9, and refuses a second process on it", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "parvis-instance-"));
    const port = await freePort();
    const settings = { PORT: String(port), APP_URL: `http://localhost:${port}` };
    const first = await startInstance({ database: "embedded", dataDir, settings, wait: false });
    ends.push(() => end(first.child, "SIGKILL", 5_000));
    await until(async () => (await statusOf(`http://localhost:${port}/readyz`)) === 200, 60_000);
    const second = await startInstance({
      database: "embedded",
      dataDir,
      settings: { APP_URL: settings.APP_URL },
      wait: false,
    });
    await until(() => second.child.exitCode !== null, 20_000);
    expect(second.log()).toMatch(/is in use by another Parvis process/);
    const { url } = JSON.parse(readFileSync(join(dataDir, "postgres.json"), "utf8"));
    const database = connect(url, { max: 1 });
    await database.db.execute(sql`update instance set name = 'Kept'`);
    await database.close();
    await end(first.child, "SIGKILL", 5_000);
    const third = await startInstance({ database: "embedded", dataDir, settings, wait: false });
    ends.push(() => end(third.child, "SIGTERM", 25_000));
    await until(async () => (await statusOf(`http://localhost:${port}/readyz`)) === 200, 60_000);
    expect(await (await fetch(`http://localhost:${port}/`)).text()).toContain("Kept");
    // As often as a terminal and npm say it; and the terminal is closed.
    for (const signal of ["SIGINT", "SIGINT", "SIGHUP"] as const) third.child.kill(signal);
    await end(third.child, "SIGTERM", 25_000);
    expect(third.child.exitCode).toBe(0);
    expect(existsSync(join(dataDir, "postgres", "postmaster.pid"))).toBe(false);
  });

  it("refuses to start on faults of its configuration: all of them, and no stack", () => {
    const { status, stderr } = spawnSync(process.execPath, ["bin/serve.ts", "start"], {
      cwd: root,
      encoding: "utf8",
      env: { PATH: process.env.PATH, PORT: "x" } as never,
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^The configuration has 3 faults:\n- PORT .*\n- APP_URL .*\n- MAIL_URL .*\n$/);
  });

  it("without its database is 503 in words, alive, and itself again without a restart", async () => {
    const { url, drop } = await emptyDatabase();
    ends.push(drop);
    const { hostname, port } = new URL(url);
    const wire = await wireTo(hostname, Number(port));
    ends.push(() => wire.close());
    const instance = await start({
      database: Object.assign(new URL(url), { port: String(wire.port) }).href,
      expected: [/./],
    });
    expect(await statusOf(instance.url)).toBe(200);
    await wire.cut();
    const answer = await fetch(instance.url, { headers: { "accept-language": "fr" } });
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "30"]);
    expect(await answer.text()).toMatch(/De retour dans un instant/);
    const asked = Date.now();
    expect(await statusOf(`${instance.url}/readyz`)).toBe(503);
    expect(Date.now() - asked).toBeLessThan(7_000);
    expect(await statusOf(`${instance.url}/livez`)).toBe(200);
    const joined = await fetch(`${instance.url}/participations`, {
      method: "POST",
      body: new URLSearchParams({ email: "ada@example.org" }),
      headers: { origin: instance.url },
    });
    expect(joined.status).toBe(503);
    await sleep(3_000);
    await wire.mend();
    await until(async () => (await statusOf(`${instance.url}/readyz`)) === 200, 10_000);
    expect(await statusOf(instance.url)).toBe(200);
    // The worker listens again, too.
    const database = connect(url, { max: 2 });
    await startSender(database.db);
    await database.db.transaction((tx) => enqueue(tx, "purge", {}));
    await until(
      async () =>
        (await database.db.execute(sql`select 1 from pgboss.job where name = 'purge' and state = 'completed'`)).length >
        0,
      30_000,
    );
    await stopSender();
    await database.close();
    await instance.stop();
  });

  it("works as two processes on one database: one answers, the other works", async () => {
    const { url, drop } = await emptyDatabase();
    ends.push(drop);
    const web = await start({ database: url, settings: { PROCESS: "web" } });
    const worker = await startInstance({
      database: url,
      settings: { PROCESS: "worker", APP_URL: web.url, PORT: "0" },
      wait: false,
    });
    ends.push(() => end(worker.child, "SIGKILL", 5_000));
    const database = connect(url, { max: 2 });
    await startSender(database.db);
    await database.db.transaction((tx) => enqueue(tx, "purge", {}));
    await until(
      async () =>
        (await database.db.execute(sql`select 1 from pgboss.job where name = 'purge' and state = 'completed'`)).length >
        0,
      30_000,
    );
    // Jobs take no connection that a page waits for, and may last longer than one.
    const sessions = await database.db.execute<{ name: string }>(
      sql`select distinct application_name as name from pg_stat_activity where datname = current_database()`,
    );
    const names = sessions.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["parvis-web", "parvis-worker-jobs"]));
    expect(names).not.toContain("parvis-web-jobs");
    await end(worker.child, "SIGTERM", 25_000);
    expect(worker.child.exitCode).toBe(0);
    expect(worker.faults()).toEqual([]);
    // Nobody works any more: it waits.
    await database.db.transaction((tx) => enqueue(tx, "purge", {}));
    await sleep(3_000);
    expect(
      (await database.db.execute(sql`select 1 from pgboss.job where name = 'purge' and state = 'created'`)).length,
    ).toBe(1);
    expect(await statusOf(web.url)).toBe(200);
    // A database that was put back to before an update is not what this code knows.
    await database.db.execute(sql`delete from drizzle.__drizzle_migrations
      where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`);
    expect(await statusOf(`${web.url}/readyz`)).toBe(503);
    await stopSender();
    await database.close();
    await web.stop();
  });

  it("told to stop under load finishes what it answers, takes no more, and is gone within 20 s of a stalled client", async () => {
    const instance = await start();
    const stalled = dial(instance.port, "127.0.0.1");
    stalled.write(
      "POST /preferences HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nhalf",
    );
    stalled.on("error", () => {});
    let stopping = false;
    const broken: string[] = [];
    const clients = Array.from({ length: 8 }, async () => {
      for (;;) {
        const told = stopping;
        try {
          const answer = await fetch(instance.url);
          const text = await answer.text();
          if (answer.status === 200 ? !text.endsWith("</html>") : answer.status !== 503)
            broken.push(`${answer.status} ${text.length}`);
        } catch (error) {
          // Once told to stop it may refuse connections; before, and in the middle of an answer, it may not.
          if (!told && !stopping) broken.push(String((error as Error).cause ?? error));
          return;
        }
      }
    });
    await sleep(1_500);
    stopping = true;
    const told = Date.now();
    instance.child.kill("SIGTERM");
    await Promise.all(clients);
    await until(() => instance.child.exitCode !== null || instance.child.signalCode !== null, 25_000);
    expect(Date.now() - told).toBeLessThan(20_000);
    expect(broken).toEqual([]);
    expect(instance.child.exitCode).toBe(0);
    expect(instance.faults()).toEqual([]);
  });

  it("told to stop while it starts leaves nothing behind", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "parvis-instance-"));
    const instance = await startInstance({ database: "embedded", dataDir, wait: false });
    await until(() => existsSync(join(dataDir, "postgres", "postmaster.pid")), 20_000);
    instance.child.kill("SIGTERM");
    await end(instance.child, "SIGTERM", 25_000);
    expect(instance.faults()).toEqual([]);
    await until(() => !existsSync(join(dataDir, "postgres", "postmaster.pid")), 10_000);
  });
});
