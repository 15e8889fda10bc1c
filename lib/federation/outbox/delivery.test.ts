import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { createActor } from "#lib/actor/commands.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { cancelEvent, createEvent, deleteEvent, updateEvent } from "#lib/event/commands.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { startWorker } from "#lib/jobs/worker.ts";
import { operator } from "#lib/policy/viewer.ts";
import { unseal } from "#lib/secrets.ts";
import { heardFrom } from "../peers/commands.ts";
import { openSinks, type Sink, settleFollowers } from "../testing/sinks.ts";
import { deliverTo, wakeDeliveries } from "./delivery.ts";
import { tellEvent } from "./event.ts";
import { purgeActivities } from "./purge.ts";

const { activities, actorKeys, deliveries, follows, peers } = schema;
const before = getConfig();
let base: TestDatabase;
let sinks: Sink[];
let close: () => void;
let organizerId: string;
const db = () => base.db;

beforeAll(async () => {
  base = await testDatabase();
  ({ sinks, close } = await openSinks(50));
  setConfig({ ...before, privatePeers: sinks.map(({ host }) => host) });
  await startSender(base.db);
  organizerId = (await createActor(db(), operator, { handle: "ann", name: "Ann" })).id;
});
afterAll(async () => {
  await stopSender();
  close();
  setConfig(before);
  await base.drop();
});
afterEach(async () => {
  for (const sink of sinks) Object.assign(sink, { taken: [], most: 0, status: 202, headers: {}, delay: 0, asked: 0 });
  await db().execute(sql`truncate deliveries, activities, follows, peers cascade`);
  await db().execute(sql`delete from actors where host is not null`);
  await db().execute(sql`delete from pgboss.job`);
});

/** Gives the organiser followers on the first sinks. */
const followed = (hosts: number, followers: { each?: number; apart?: number } = {}) =>
  settleFollowers(db(), organizerId, sinks.slice(0, hosts), followers);
const input = { name: "Walk", startWall: "2030-01-01T10:00:00", timezone: "UTC", state: "published" } as const;
const publish = async (name = "Walk") => {
  const id = await createEvent(db(), operator, organizerId, { ...input, name } as never);
  await tellEvent(db(), id);
  return id;
};
const change = async (id: string, content: string) => {
  await updateEvent(db(), operator, id, { content });
  await tellEvent(db(), id);
};
type Said = { type: string; object: { id: string; content?: string } };
const told = ({ taken }: Sink) => taken.map(({ body }) => JSON.parse(body) as Said);
const kinds = (sink: Sink) => told(sink).map(({ type }) => type);
const states = async () =>
  (await db().select({ state: deliveries.state }).from(deliveries)).map(({ state }) => state).sort();
const peerOf = async ({ host }: Sink) => (await db().select().from(peers).where(eq(peers.host, host)))[0];
/** Seconds until the host is tried again. */
const waitOf = async (sink: Sink) => ((await peerOf(sink))!.retryAt!.getTime() - Date.now()) / 1000;
const pass = (hours: number) =>
  db().execute(sql`with p as (update peers set retry_at = retry_at - make_interval(hours => ${hours}))
    update deliveries set retry_at = retry_at - make_interval(hours => ${hours})`);

describe("what is to be delivered", () => {
  it("is written with its fact, or not at all; with one row an inbox, one inbox a server that shares one, and no key", async () => {
    await followed(4, { each: 3, apart: 4 });
    await expect(
      db().transaction(async (tx) => {
        await createEvent(tx, operator, organizerId, { ...input });
        throw new Error("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    const jobs = () => db().execute<{ name: string; data: object }>(sql`select name, data from pgboss.job`);
    expect(await jobs()).toEqual([]);
    await publish();
    expect((await jobs()).map(({ name }) => name).sort()).toEqual([...Array(4).fill("delivery"), "event-out"]);
    expect(await states()).toHaveLength(3 + 3);
    const [key] = await db().select().from(actorKeys).where(eq(actorKeys.algorithm, "ed25519"));
    const secret = JSON.parse(unseal("actor-key", `${key!.actorId} ed25519`, key!.privateKey)) as { d: string };
    const [dump] = await db().execute<{ text: string }>(sql`
      select (select string_agg(j::text, '') from pgboss.job j) || (select string_agg(d::text, '') from deliveries d)
        || (select string_agg(a::text, '') from activities a) || (select coalesce(string_agg(m::text, ''), '') from federation_memory m) as text`);
    expect(secret.d.length).toBeGreaterThan(40);
    expect([dump!.text.includes(secret.d), /"d":|privateKey|BEGIN PRIVATE/.test(dump!.text)]).toEqual([false, false]);
  });

  it("arrives in the order in which it was said, and a host that was down for a day gets the final state alone", async () => {
    const [up, down] = sinks as [Sink, Sink];
    await followed(2);
    const id = await publish();
    const all = () => Promise.all([deliverTo(db(), up.host), deliverTo(db(), down.host)]);
    await all();
    down.status = 503;
    for (const content of ["one", "two", "three"]) {
      await change(id, content);
      await all();
    }
    await cancelEvent(db(), operator, id);
    await tellEvent(db(), id);
    await all();
    expect(down.asked).toBe(2);
    expect(kinds(up)).toEqual(["Create", "Update", "Update", "Update", "Update", "Create"]);
    down.status = 202;
    await pass(24);
    await all();
    expect(kinds(down)).toEqual(["Create", "Update", "Create"]);
    expect(told(down)[1]!.object).toMatchObject({ content: expect.stringMatching("three"), status: "CANCELLED" });
    await change(id, "four");
    await deleteEvent(db(), operator, id);
    await tellEvent(db(), id);
    await all();
    expect(kinds(down).slice(3)).toEqual(["Delete"]);
  });

  it("waits with its object where the peer stumbles over it, or it cannot be opened here, and nothing else does", async () => {
    const [sink] = sinks as [Sink];
    await followed(1);
    const [bad, good] = [await publish("Bad"), await publish("Good")];
    await change(bad, "later");
    sink.status = (body) => (body.includes("Bad") ? 500 : 202);
    await deliverTo(db(), sink.host);
    expect(told(sink).map(({ object }) => object.id.slice(-12))).toEqual([good.slice(-12)]);
    expect(sink.asked, "the change of what waits is not sent before it").toBe(2);
    await deliverTo(db(), sink.host);
    expect(sink.asked).toBe(2);
    sink.status = 202;
    await pass(1);
    await deliverTo(db(), sink.host);
    expect(kinds(sink)).toEqual(["Create", "Create", "Update"]);
    const [shut, open] = [await publish("Shut"), await publish("Open")];
    await db().execute(sql`update activities set document = 'sealed:AAAA' where object_id = ${shut}`);
    await deliverTo(db(), sink.host);
    expect(told(sink).at(-1)!.object.id).toContain(open);
  });
});

describe("a host that does not take it", () => {
  it("is left alone for a minute, then twice as long each time, a little apart from others, up to six hours", async () => {
    const [sink] = sinks as [Sink];
    await followed(1);
    await publish();
    sink.status = 503;
    const waits: number[] = [];
    for (let tries = 0; tries < 12; tries++) {
      await deliverTo(db(), sink.host);
      await deliverTo(db(), sink.host);
      waits.push(await waitOf(sink));
      await pass(9);
    }
    expect(sink.asked, "nothing is tried before its time").toBe(12);
    for (const [at, wait] of waits.slice(1).entries()) {
      const least = Math.min(21_600, 60 * 2 ** (at + 1));
      expect([wait > least - 10, wait < least * 1.25 + 10], `${wait}`).toEqual([true, true]);
    }
    expect(new Set(waits.slice(9).map((wait) => Math.round(wait))).size).toBeGreaterThan(1);
  });

  it("is obeyed when it says for how long, a day at most", async () => {
    const [sink] = sinks as [Sink];
    await followed(1);
    await publish();
    Object.assign(sink, { status: 429, headers: { "retry-after": "7200" } });
    await deliverTo(db(), sink.host);
    expect(await waitOf(sink)).toBeGreaterThan(7_100);
    await pass(3);
    sink.headers = { "retry-after": "99999999" };
    await deliverTo(db(), sink.host);
    expect(await waitOf(sink)).toBeLessThan(86_500);
  });

  it("is asked no more for what it will never take, forgotten as a follower when it is gone, given up after a week", async () => {
    const [gone, missing, away] = sinks as [Sink, Sink, Sink];
    await followed(3);
    await publish();
    Object.assign(gone, { status: 410 });
    Object.assign(missing, { status: 404 });
    Object.assign(away, { status: 502 });
    for (const { host } of [gone, missing, away]) await deliverTo(db(), host);
    expect(await states()).toEqual(["dead", "dead", "due"]);
    expect(await db().$count(follows)).toBe(2);
    await db().update(deliveries).set({ createdAt: sql`now() - interval '8 days'` });
    await wakeDeliveries(db());
    expect(await states()).toEqual(["dead", "dead", "dead"]);
    // Silent for a week, it is written to no more; until it speaks.
    const week = sql`now() - interval '8 days'`;
    await db().update(peers).set({ createdAt: week, reachedAt: null, failures: 30 }).where(eq(peers.host, away.host));
    const due = async () => db().$count(deliveries, eq(deliveries.state, "due"));
    await publish();
    expect(await due()).toBe(1);
    await heardFrom(db(), away.host);
    await publish();
    expect(await due()).toBe(3);
  });
});

describe("a few hundred followers", () => {
  it("are told at once by fifty hosts' shared inboxes, one request at a time for each, whoever is slow or away", async () => {
    await followed(50, { each: 10, apart: 10 });
    const [slow, silent, broken] = sinks.slice(0, 3) as [Sink, Sink, Sink];
    // First that the count can be more than one: nothing but the queue keeps two of us from one host.
    slow.delay = 200;
    for (const name of ["One", "Two"]) await publish(name);
    await Promise.all([deliverTo(db(), slow.host), deliverTo(db(), slow.host)]);
    expect(slow.most).toBe(2);
    for (const { host } of sinks) await deliverTo(db(), host);
    for (const sink of sinks) Object.assign(sink, { taken: [], most: 0 });
    Object.assign(slow, { delay: 1_500 });
    Object.assign(silent, { delay: 60_000 });
    Object.assign(broken, { status: 500 });

    const worker = await startWorker(base.url, db());
    const started = Date.now();
    await createEvent(db(), operator, organizerId, { ...input, name: "Three" });
    const answered = Date.now() - started;
    const others = sinks.slice(3);
    const expected = others.length + others.filter((_, at) => (at + 4) % 10 === 0).length * 9;
    const arrived = () => others.reduce((sum, { taken }) => sum + taken.length, 0);
    for (; arrived() < expected && Date.now() - started < 25_000; ) await sleep(20);
    const drained = Date.now() - started;
    for (; slow.taken.length < 1 && Date.now() - started < 25_000; ) await sleep(20);
    await worker.stop();
    expect(arrived()).toBe(expected);
    expect(new Set(others.flatMap(({ host, taken }) => taken.map(({ path }) => host + path))).size).toBe(expected);
    expect(sinks.filter(({ most }) => most > 1)).toEqual([]);
    expect([slow.taken.length, broken.asked > 0]).toEqual([1, true]);
    expect([answered < 500, drained < 15_000], `${answered} ms, ${drained} ms`).toEqual([true, true]);
  });
});

describe("what is gone", () => {
  it("is forgotten a day later, with all that was said about it, but for its end and what somebody still waits for", async () => {
    const [sink] = sinks as [Sink];
    await followed(1);
    const [kept, gone] = [await publish("Kept"), await publish("Gone")];
    await deliverTo(db(), sink.host);
    sink.status = 503;
    await cancelEvent(db(), operator, gone);
    await tellEvent(db(), gone);
    await deleteEvent(db(), operator, gone);
    await tellEvent(db(), gone);
    const types = async (id: string) =>
      (await db().select().from(activities).where(eq(activities.objectId, id))).map(({ type }) => type).sort();
    await purgeActivities(db());
    expect(await types(gone)).toEqual(["Announce", "Create", "Delete", "Update"]);
    await db().update(activities).set({ createdAt: sql`now() - interval '2 days'` });
    await purgeActivities(db());
    const notes = async () =>
      (await db().select().from(activities)).filter(({ document }) => document.includes("Note"));
    expect([await types(gone), (await notes()).length]).toEqual([["Delete"], 1]);
    sink.status = 202;
    await deliverTo(db(), sink.host);
    await purgeActivities(db());
    expect([await types(gone), await types(kept), await notes()]).toEqual([["Delete"], ["Announce", "Create"], []]);
  });
});
