import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { connect } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { person } from "#lib/account/testing.ts";
import { follow } from "#lib/actor/follow/commands.ts";
import { sessionCookieName } from "#lib/auth/cookie.ts";
import { setConfig } from "#lib/config.ts";
import { createEvent } from "#lib/event/commands.ts";
import { answerPeer } from "#lib/federation/door.ts";
import { resolveActor } from "#lib/federation/remote/actor.ts";
import { fedifyAlone } from "#lib/federation/testing/baseline.ts";
import { Peer } from "#lib/federation/testing/peer.ts";
import { openSinks, settleFollowers } from "#lib/federation/testing/sinks.ts";
import { operator } from "#lib/policy/viewer.ts";
import { parseConfig } from "../configuration.ts";
import { openRuntime } from "../runtime.ts";
import { Client } from "../testing/client.ts";
import { startInstance } from "../testing/instance.ts";
import { testSecret } from "../testing/secret.ts";
import { residentMegabytes } from "./cannon.ts";

export type FederationFigures = {
  /** Activities a second, verified and stored, ten at a time; and with Fedify's own memory, where nothing is kept. */
  inbox: { activities: number; perSecond: number; alone: number };
  delivery: {
    followers: number;
    hosts: number;
    requests: number;
    /** Milliseconds: the page that published, and until the last one had it. */
    page: number;
    drained: number;
    perSecond: number;
    /** The same bytes by bare requests to the same servers, one after the other on each, ten servers at a time. */
    bare: number;
    /** Megabytes resident before and after. */
    memory: [number | null, number | null];
  };
};

const perSecond = (count: number, since: number) => Math.round((count / (performance.now() - since)) * 10_000) / 10;

/** Does work for each, so many at a time. */
async function atOnce<T>(width: number, all: T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const waiting = [...all];
  const line = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: width }, line));
}

/** Signed activities, each a new event of somebody who is followed, through the door without Next around it. */
async function measureInbox(activities: number): Promise<FederationFigures["inbox"]> {
  const dataDir = mkdtempSync(join(tmpdir(), "parvis-bench-"));
  const peer = await new Peer().start();
  const origin = "http://localhost:9";
  const env = { DATA_DIR: dataDir, APP_URL: origin, FEDERATION_PRIVATE_PEERS: peer.host, SECRET_KEY: testSecret };
  const runtime = await openRuntime(setConfig(parseConfig(env, "test")));
  try {
    const ann = await person(runtime.db, "ann");
    const gil = peer.actor("gil");
    await follow(runtime.db, ann.viewer, ann.actor.id, (await resolveActor(runtime.db, gil))!.id);
    const inbox = `${origin}/inbox`;
    const made = (start: string) =>
      Array.from({ length: activities }, (_, at) => {
        const object = {
          ...{ type: "Event", id: `${peer.origin}/${start}/${at}`, name: `Concert ${at}`, attributedTo: gil },
          ...{ startTime: "2031-06-01T20:00:00+02:00", to: ["https://www.w3.org/ns/activitystreams#Public"] },
        };
        const { headers, body } = peer.signed(inbox, peer.activity(gil, "Create", object));
        return () => new Request(inbox, { method: "POST", headers, body });
      });
    const run = async (all: (() => Request)[], take: (request: Request) => Promise<Response>) => {
      await atOnce(10, all.splice(0, 50), async (request) => take(request()));
      const [count, started] = [all.length, performance.now()];
      await atOnce(10, all, async (request) => {
        const { status } = await take(request());
        if (status !== 202) throw new Error(`An activity was answered with ${status}.`);
      });
      return perSecond(count, started);
    };
    const alone = fedifyAlone(origin, peer);
    // In turns, so that both meet the same machine.
    const first = await run(made("a"), (request) => answerPeer(runtime.db, request, "10.0.0.1"));
    const other = await run(made("b"), alone.take);
    const [row] = await runtime.db.execute<{ kept: number }>(
      sql`select count(*)::int kept from events where uri is not null`,
    );
    if (row!.kept !== activities || alone.taken() !== activities) throw new Error("Not every activity was taken.");
    return { activities, perSecond: first, alone: other };
  } finally {
    await runtime.stop();
    await peer.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** A whole server publishes one event to so many followers on so many hosts of this machine. */
async function measureDelivery(
  hosts: number,
  settings: Record<string, string>,
): Promise<FederationFigures["delivery"]> {
  const dataDir = mkdtempSync(join(tmpdir(), "parvis-bench-"));
  const { sinks, close } = await openSinks(hosts);
  const privatePeers = sinks.map(({ host }) => host);
  const federated = { ...settings, FEDERATION_PRIVATE_PEERS: privatePeers.join(",") };
  const instance = await startInstance({ database: "embedded", dataDir, settings: federated });
  try {
    setConfig({
      ...parseConfig({ DATA_DIR: dataDir, APP_URL: instance.url, SECRET_KEY: testSecret }, "test"),
      privatePeers,
    });
    const { url } = await startEmbedded(dataDir, { share: true });
    const { db, close: disconnect } = connect(url, { max: 2 });
    const { actor, session } = await person(db, "ann");
    // One host in ten shares no inbox.
    await settleFollowers(db, actor.id, sinks, { each: 10, apart: 10 });
    const draft = { name: "Walk", startWall: "2031-01-01T10:00:00", timezone: "UTC" } as const;
    const id = await createEvent(db, operator, actor.id, draft as never);
    await disconnect();
    const client = new Client(instance.url);
    client.cookies.set(sessionCookieName(), session);
    const path = `/dashboard/events/${id}/publication`;
    const form = await client.form(`/dashboard/events/${id}`, path);
    await sleep(1_000);
    const before = residentMegabytes(instance.child.pid!);
    const requests = sinks.length - Math.floor(sinks.length / 10) + Math.floor(sinks.length / 10) * 10;
    const arrived = () => sinks.reduce((sum, { taken }) => sum + taken.length, 0);
    const started = performance.now();
    const { status } = await client.send(path, form);
    const page = Math.round(performance.now() - started);
    if (status !== 303) throw new Error(`Publishing was answered with ${status}.`);
    while (arrived() < requests) {
      if (performance.now() - started > 300_000) throw new Error(`Only ${arrived()} of ${requests} arrived.`);
      await sleep(20);
    }
    const drained = Math.round(performance.now() - started);
    const most = Math.max(...sinks.map((sink) => sink.most));
    if (most > 1 || arrived() > requests)
      throw new Error(`${most} at once at one host, ${arrived()} of ${requests} in all.`);
    const rate = perSecond(requests, started);
    const { body } = sinks[0]!.taken[0]!;
    const bareFrom = performance.now();
    await atOnce(10, sinks, (sink) => fetch(`http://${sink.host}/inbox`, { method: "POST", body }));
    const bare = perSecond(sinks.length, bareFrom);
    const memory: [number | null, number | null] = [before, residentMegabytes(instance.child.pid!)];
    return {
      followers: sinks.length * 10,
      hosts: sinks.length,
      requests,
      page,
      drained,
      perSecond: rate,
      bare,
      memory,
    };
  } finally {
    await instance.stop();
    close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Speaking to other servers, in both directions. */
export async function measureFederation(quick: boolean, settings: Record<string, string>): Promise<FederationFigures> {
  const inbox = await measureInbox(quick ? 200 : 600);
  return { inbox, delivery: await measureDelivery(quick ? 50 : 500, settings) };
}

const ratio = (part: number, whole: number) => `${Math.round((part / whole) * 100) / 100} ×`;

/** The figures as a Markdown table. */
export function reportFederation({ inbox, delivery }: FederationFigures): string {
  const rows: [string, string | number][] = [
    [`Signed activities a second, verified and stored (${inbox.activities}, ten at a time)`, inbox.perSecond],
    ["… the same route with Fedify's in-memory stores, nothing kept", inbox.alone],
    ["… of that we reach", ratio(inbox.perSecond, inbox.alone)],
    [`Followers, hosts, requests`, `${delivery.followers}, ${delivery.hosts}, ${delivery.requests}`],
    ["The page that published, ms", delivery.page],
    ["Until the last one had it, ms", delivery.drained],
    ["Deliveries a second to servers on this machine", delivery.perSecond],
    ["… the same bytes unsigned, by a bare client", delivery.bare],
    ["… of that we reach", ratio(delivery.perSecond, delivery.bare)],
    ["Resident before and after, MB", delivery.memory.map((one) => one ?? "–").join(", ")],
  ];
  const wide = Math.max(...rows.map(([name]) => name.length));
  const far = Math.max(...rows.map(([, value]) => String(value).length), 8);
  const line = ([name, value]: [string, string | number]) =>
    `| ${name.padEnd(wide)} | ${String(value).padStart(far)} |`;
  return [
    line(["Other servers", "Measured"]),
    `|${"-".repeat(wide + 2)}|${"-".repeat(far + 1)}:|`,
    ...rows.map(line),
  ].join("\n");
}
