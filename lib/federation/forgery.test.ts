import { SQL, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Db, schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { follow } from "#lib/actor/follow/commands.ts";
import { createEvent } from "#lib/event/commands.ts";
import { joinAway } from "#lib/participation/away/commands.ts";
import { operator } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { resolveActor } from "./remote/actor.ts";
import {
  dressed,
  type Forgery,
  genuine,
  inboxOf,
  type Stage,
  vouchable,
  type Weakness,
} from "./testing/forgeries/forgery.ts";
import { openTrap } from "./testing/forgeries/trap.ts";
import { forgeries } from "./testing/forgeries.ts";
import { type Json, Peer } from "./testing/peer.ts";
import { type Served, serveFederation } from "./testing/server.ts";

const weak = vi.hoisted(() => new Set<string>());
/** One part of a module, switched off while a test says so; nothing of this is in the product. */
const off = vi.hoisted(
  () =>
    <M extends object>(name: string, part: keyof M, instead: (...args: never[]) => unknown) =>
    async (original: () => Promise<M>) => {
      const real = await original();
      const whole = real[part] as (...args: unknown[]) => unknown;
      const either = (...args: unknown[]) => (weak.has(name) ? instead(...(args as never[])) : whole(...args));
      return { ...real, [part]: either };
    },
);
const none = vi.hoisted(() => () => undefined);

vi.mock("./guard/signature.ts", async (original) => {
  type Module = typeof import("./guard/signature.ts");
  const parts = [
    await off<Module>("key", "readKeyHost", () => "unknown.example")(original as () => Promise<Module>),
    await off<Module>("date", "checkDate", none)(original as () => Promise<Module>),
    await off<Module>("digest", "checkDigest", none)(original as () => Promise<Module>),
    await off<Module>("coverage", "checkCoverage", none)(original as () => Promise<Module>),
  ];
  const [{ readKeyHost }, { checkDate }, { checkDigest }, { checkCoverage }] = parts as [
    Module,
    Module,
    Module,
    Module,
  ];
  return { readKeyHost, checkDate, checkDigest, checkCoverage };
});
vi.mock("./guard/size.ts", async (original) => {
  type Module = typeof import("./guard/size.ts");
  const { checkSize } = await off<Module>("size", "checkSize", none)(original as () => Promise<Module>);
  const { checkLists, checkTexts } = await off<Module>("lists", "checkLists", none)(original as () => Promise<Module>);
  return { checkSize, checkLists, checkTexts };
});
vi.mock(
  "./guard/body.ts",
  off<typeof import("./guard/body.ts")>(
    "body",
    "readBody",
    (async (request: Request) => new Uint8Array(await request.arrayBuffer())) as never,
  ) as never,
);
vi.mock("./guard/context.ts", off<typeof import("./guard/context.ts")>("context", "checkContext", none) as never);
vi.mock(
  "./inbox/create.ts",
  off<typeof import("./inbox/create.ts")>(
    "vouched",
    "vouched",
    (async (_: unknown, value: unknown) => value) as never,
  ) as never,
);
vi.mock("./peers/queries.ts", async (original) => {
  type Module = typeof import("./peers/queries.ts");
  const real = original as () => Promise<Module>;
  const { isSuspended } = await off<Module>("standing", "isSuspended", async () => false)(real);
  return { ...(await off<Module>("standing", "standingOf", async () => "open")(real)), isSuspended };
});
vi.mock(
  "#lib/ids.ts",
  off<typeof import("#lib/ids.ts")>("mark", "contentId", () => globalThis.crypto.randomUUID()) as never,
);
vi.mock(
  "./documents.ts",
  off<typeof import("./documents.ts")>("gone", "fetchObject", async () => {
    throw new Refusal("gone");
  }) as never,
);
vi.mock("#lib/outbound/address.ts", async (original) => {
  type Module = typeof import("#lib/outbound/address.ts");
  const real = original as () => Promise<Module>;
  const { isPublicAddress } = await off<Module>("address", "isPublicAddress", () => true)(real);
  return { ...(await off<Module>("address", "isPrivatePeer", () => true)(real)), isPublicAddress };
});
vi.mock("./addresses.ts", async (original) => {
  const real = await original<typeof import("./addresses.ts")>();
  const sameOrigin: typeof real.sameOrigin = (a, b) =>
    real.sameOrigin(a, b) || (weak.has("origin") && ![a, b].some((one) => real.sameOrigin(one, real.sharedInbox())));
  return { ...real, sameOrigin };
});
vi.mock("./inbox/linked.ts", async (original) => {
  type Module = typeof import("./inbox/linked.ts");
  const believe = async (db: never, _: never, json: Json) => {
    const [{ bareActivity }, { receive }] = [await import("./bare.ts"), await import("./inbox/receive.ts")];
    return async () => receive(db, await bareActivity(db, json), json);
  };
  return off<Module>("signature", "readLinked", believe as never)(original as () => Promise<Module>);
});
vi.mock("@fedify/fedify", async (original) => {
  const real = await original<typeof import("@fedify/fedify")>();
  const createFederation = (options: Parameters<typeof real.createFederation>[0]) =>
    real.createFederation({ ...options, skipSignatureVerification: weak.has("signature") });
  return { ...real, createFederation };
});

/** How many shapes of each forgery; `FORGERIES=25` tries more than a thousand. */
const shapes = Number(process.env.FORGERIES ?? 2);
const { events, follows, participations, peers } = schema;
let served: Served;
let stage: Stage;
let count = 0;
const tally = { tried: 0, failed: 0, genuine: 0, refused: 0 };
const db = () => served.base.db;

/** Everything that an activity could change, here or by a request of ours. */
async function effects(at: Db = db()): Promise<string> {
  const [row] = await at.execute<{ all: string }>(sql`select concat_ws(' ',
    (select md5(string_agg(concat_ws('|', follower_id, followed_id, state), ',' order by id)) from follows),
    (select md5(string_agg(concat_ws('|', event_id, actor_id, state), ',' order by id)) from participations),
    (select md5(string_agg(concat_ws('|', id, uri, name, content, state, status, start_time, seats_taken, sequence), ',' order by id)) from events),
    (select md5(string_agg(concat_ws('|', handle, name, deleted_at is null), ',' order by id)) from actors where handle in ('ann', 'gil', 'bob')),
    (select count(*) from activities), (select count(*) from deliveries), (select count(*) from mails), (select count(*) from notes),
    (select count(*) from pgboss.job where name <> 'passed-on')) as all`);
  return `${row!.all} ${stage.trap.touched()}`;
}

/** Switches parts of us off for the while; Fedify is set up anew, because it reads its options once. */
async function weakened<T>(parts: Weakness[], work: () => Promise<T>): Promise<T> {
  const slot = Symbol.for("parvis.federation");
  for (const part of parts) weak.add(part);
  if (weak.has("signature")) delete (globalThis as Record<symbol, unknown>)[slot];
  try {
    return await work();
  } finally {
    if (weak.has("signature")) delete (globalThis as Record<symbol, unknown>)[slot];
    weak.clear();
    // What they got by it is theirs no more.
    const theirs = sql`(select id from actors where handle in ('eve', 'imp'))`;
    await db().delete(follows).where(sql`follower_id in ${theirs}`);
    await db().delete(participations).where(sql`actor_id in ${theirs}`);
  }
}

async function setTheStage(): Promise<Stage> {
  const [good, evil, trap] = [await new Peer().start(), await new Peer().start(), await openTrap()];
  served = await serveFederation(() => [good.host, evil.host]);
  const ann = await person(db(), "ann");
  const [gil, bob, imp, eve] = [good.actor("gil"), good.actor("bob"), good.actor("imp"), evil.actor("eve")];
  const uri = `${served.origin}/@ann`;
  const inboxes = [`${uri}/inbox`, `${served.origin}/inbox`];
  const input = { name: "Walk", state: "published", startWall: "2031-01-01T10:00:00", timezone: "UTC" } as const;
  const event = `${served.origin}/events/${await createEvent(db(), operator, ann.actor.id, input as never)}`;
  for (const followed of [gil, eve]) {
    const actor = await resolveActor(db(), followed);
    await follow(db(), ann.viewer, ann.actor.id, actor!.id);
  }
  await db().update(follows).set({ state: "accepted" });
  const makeEvent = (at: Peer, owner: string, change: Json = {}): Json => {
    const path = `/events/${++count}`;
    const made = {
      ...{ type: "Event", id: `${at.origin}${path}`, name: `Concert ${count}`, attributedTo: owner },
      ...{ startTime: "2031-06-01T20:00:00+02:00", to: ["https://www.w3.org/ns/activitystreams#Public"] },
      ...{ updated: new Date().toISOString(), ...change },
    };
    at.documents.set(path, { "@context": "https://www.w3.org/ns/activitystreams", ...made });
    return made;
  };
  const tell = async (made: Json) =>
    expect((await good.send(inboxes[1]!, good.activity(gil, "Create", made))).status).toBe(202);
  const said = {
    follow: { ...good.activity(bob, "Follow", uri), id: `${good.origin}/activities/bob-follow` },
    join: { ...good.activity(bob, "Join", event), id: `${good.origin}/activities/bob-join` },
  };
  for (const one of Object.values(said)) expect((await good.send(inboxes[0]!, one)).status).toBe(202);
  const newcomer = () => good.actor(`new${++count}`, {}, gil);
  return {
    ...{ good, evil, trap, ann: uri, inboxes, event, gil, bob, imp, eve, said, newcomer, makeEvent },
    mirrored: async () => {
      const made = makeEvent(good, gil);
      await tell(made);
      return made;
    },
    asked: async () => {
      const made = makeEvent(good, gil);
      await tell(made);
      const [row] = await db().select().from(events).where(sql`uri = ${made.id}`);
      const other = await resolveActor(db(), newcomer());
      await follow(db(), ann.viewer, ann.actor.id, other!.id);
      const [pending] = await db().select().from(follows).where(sql`followed_id = ${other!.id}`);
      await joinAway(db(), ann.viewer, row!.id, { actorId: ann.actor.id, language: "en", timezone: "UTC" });
      const [asked] = await db().select().from(participations).where(sql`event_id = ${row!.id}`);
      const about = (type: string, id: string, object: unknown) => ({ type, id, actor: uri, object });
      return { follow: about("Follow", pending!.uri, other!.uri), join: about("Join", asked!.uri!, made.id) };
    },
    // The row alone: to block somebody has consequences that others would miss.
    suspended: async (host, work) => {
      const judge = (standing: string) =>
        db().insert(peers).values({ host, standing }).onConflictDoUpdate({ target: peers.host, set: { standing } });
      await judge("suspended");
      return work().finally(() => judge("open"));
    },
    quietly: async (work) => {
      expect((await work()).status).toBe(202);
    },
  };
}

beforeAll(async () => {
  stage = await setTheStage();
});
afterEach(() => weak.clear());
afterAll(async () => {
  process.stdout.write(
    `G1: ${tally.failed} of ${tally.tried} forged activities of ${forgeries.length} kinds took effect; ${tally.refused} of ${tally.genuine} genuine ones were refused\n`,
  );
  await served.stop();
  stage.trap.close();
  await Promise.all([stage.good.stop(), stage.evil.stop()]);
});

/**
 * Tries one shape of a forgery. What it needs beforehand is genuine and has effects of its own: so the last request alone
 * is watched.
 */
async function watch({ attempt }: Forgery, n: number): Promise<{ status: number; changed: boolean }> {
  served.client.address = `10.0.${n % 250}.${count++ % 250}`;
  const sends = [stage.good, stage.evil].map((peer) => ({ peer, send: peer.send.bind(peer) }));
  let last = { status: 0, changed: false };
  for (const { peer, send } of sends)
    peer.send = async (...words) => {
      const before = await effects();
      const answer = await send(...words);
      last = { status: answer.status, changed: (await effects()) !== before };
      return answer;
    };
  try {
    await attempt(stage, n);
    return last;
  } finally {
    for (const { peer, send } of sends) peer.send = send;
  }
}

describe("a forged activity", () => {
  it("has forty kinds at least", () => {
    expect(forgeries.length).toBeGreaterThanOrEqual(40);
    expect(new Set(forgeries.map(({ name }) => name)).size).toBe(forgeries.length);
  });

  it.each(forgeries.map((one) => [one.name, one] as const))(
    "%s: takes no effect, and would if we were weaker",
    async (_, forgery) => {
      for (let n = 0; n < shapes; n++) {
        const { status, changed } = await watch(forgery, n);
        tally.tried++;
        if (changed) tally.failed++;
        expect([status < 500, status > 0, changed], `shape ${n}: ${status}`).toEqual([true, true, false]);
      }
      const { weak: parts } = forgery;
      if (parts instanceof SQL) {
        const change = db().transaction(async (tx) => {
          const before = await effects(tx);
          await tx.execute(parts);
          expect(await effects(tx)).not.toBe(before);
          throw new Error("seen");
        });
        await expect(change).rejects.toThrow("seen");
        return;
      }
      const seen = await weakened(parts, async () => {
        // Shapes that were not tried before: what could not be read is remembered for a minute.
        for (let n = shapes; n < shapes + 6; n++) if ((await watch(forgery, n)).changed) return true;
        return false;
      });
      expect(seen, "switched off, nothing happened either: the test proves nothing").toBe(true);
    },
  );
});

describe("a genuine activity", () => {
  it("is taken, and has its effect, in the shapes of five kinds of servers", async () => {
    for (let n = 0; n < Math.max(20, shapes * 12); n++) {
      served.client.address = `10.1.0.${n % 250}`;
      const activity = dressed(await genuine(stage, n), n);
      const before = await effects();
      const { status } = await stage.good.send(inboxOf(stage, n), activity);
      tally.genuine++;
      if (status !== 202) tally.refused++;
      expect([n, status, (await effects()) !== before]).toEqual([n, 202, true]);
    }
  });

  it("is taken from whoever passes it on, if its actor vouches for its text by a proof", async () => {
    const activity = await vouchable(stage, 0);
    const before = await effects();
    const proven = stage.good.prove(activity, activity.actor as string);
    const { status } = await stage.evil.send(stage.inboxes[1]!, proven, { signer: stage.eve });
    expect([status, (await effects()) !== before]).toEqual([202, true]);
  });

  it("is taken from its actor with a linked-data signature, but from nobody else: that is not over its text", async () => {
    const activity = await vouchable(stage, 0);
    const linked = stage.good.link(activity, activity.actor as string);
    const before = await effects();
    await stage.evil.send(stage.inboxes[1]!, linked, { signer: stage.eve });
    expect(await effects()).toBe(before);
    expect((await stage.good.send(stage.inboxes[1]!, linked)).status).toBe(202);
    expect(await effects()).not.toBe(before);
  });

  it("takes effect once, however often it comes at the same time", async () => {
    const made = stage.makeEvent(stage.good, stage.gil);
    const activity = stage.good.activity(stage.gil, "Create", made);
    const many = await Promise.all(Array.from({ length: 12 }, (_, n) => stage.good.send(inboxOf(stage, n), activity)));
    expect(new Set(many.map(({ status }) => status))).toEqual(new Set([202]));
    expect(await db().$count(events, sql`uri = ${made.id}`)).toBe(1);
  });

  it("is believed by a new key, once its server shows it; and by the old one no more", async () => {
    const who = stage.newcomer();
    const { good, ann, inboxes, gil } = stage;
    expect((await good.send(inboxes[0]!, good.activity(who, "Follow", ann))).status).toBe(202);
    good.actor(who.split("/").at(-1)!);
    expect((await good.send(inboxes[0]!, good.activity(who, "Undo", ann))).status).toBe(202);
    const stolen = await good.send(inboxes[0]!, good.activity(who, "Follow", ann), {
      signer: gil,
      keyId: `${who}#main-key`,
    });
    expect(stolen.status).toBe(401);
    expect(await db().$count(follows, sql`follower_id = (select id from actors where uri = ${who})`)).toBe(0);
  });
});
