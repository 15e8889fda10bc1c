import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema, transact } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { follow } from "#lib/actor/follow/commands.ts";
import { getActorPage } from "#lib/actor/queries.ts";
import { getEvent, listByOrganizer } from "#lib/event/queries.ts";
import { listEvents } from "#lib/event/search/queries.ts";
import { makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { type Decision, decideFlag } from "#lib/moderation/decision/commands.ts";
import { raiseFlag } from "#lib/moderation/flag/commands.ts";
import { listReports } from "#lib/moderation/flag/queries.ts";
import { listActs } from "#lib/moderation/log/queries.ts";
import { domainsOf, liesUnder, readHost, type Standing } from "#lib/policy/domain.ts";
import { operator, type Viewer, visitor } from "#lib/policy/viewer.ts";
import { getPost } from "#lib/post/queries.ts";
import { makePost } from "#lib/post/testing.ts";
import { instanceActor } from "../actors.ts";
import { mirror } from "../inbox/event.ts";
import { deliverTo } from "../outbox/delivery.ts";
import { tellFlag } from "../outbox/flag.ts";
import { tellFollow, tellFollowAnswer } from "../outbox/follow.ts";
import { lookUp } from "../remote/lookup.ts";
import { type Json, Peer } from "../testing/peer.ts";
import { type Served, serveFederation } from "../testing/server.ts";
import { answerServer, followServer, queueServers, unfollowServer } from "./following.ts";
import { judgePeer } from "./judgement.ts";
import { getPeer, listPeers, reachOf } from "./queries.ts";

let served: Served;
let peer: Peer;
let ann: Awaited<ReturnType<typeof person>>;
const { actors, events, follows } = schema;
const db = () => served.base.db;

beforeAll(async () => {
  peer = await new Peer().start();
  served = await serveFederation(() => [peer.host]);
  ann = await person(db(), "ann");
});
afterAll(async () => {
  await served.stop();
  await peer.stop();
});

let count = 0;
async function mirrored(actor: string, change: Json = {}): Promise<string> {
  const id = `${peer.origin}/events/${++count}`;
  const event: Json = {
    ...{ "@context": "https://www.w3.org/ns/activitystreams", type: "Event", id, name: `Far ${count}` },
    ...{ startTime: "2030-06-01T20:00:00Z", endTime: "2030-06-01T23:00:00Z", attributedTo: actor },
    ...{ to: ["https://www.w3.org/ns/activitystreams#Public"], updated: "2026-01-01T00:00:00Z" },
    image: { type: "Image", url: `${peer.origin}/picture.png` },
    ...change,
  };
  peer.documents.set(`/events/${count}`, event);
  await transact(db(), (await mirror(db(), event))!);
  const [row] = await db().select().from(events).where(eq(events.uri, id));
  return row!.id;
}
const judge = (standing: Standing, host = peer.host) => judgePeer(db(), operator, { host, standing, note: "Why" });
const window = { from: new Date(), to: null, kind: "coming" } as const;
const shown = async (id: string, organizer: string) => ({
  page: (await getEvent(db(), visitor, id)) !== null,
  search: (await listEvents(db(), { near: null, window, after: undefined }, 50)).events.some((one) => one.id === id),
  profile: (await listByOrganizer(db(), organizer, { past: false, limit: 50 })).some((one) => one.id === id),
  picture: (await db().select().from(events).where(eq(events.id, id)))[0]!.coverId !== null,
});

describe("what the host decides about a server", () => {
  it("holds on pages, in lists and for what comes later, and is taken back whole", async () => {
    const uri = peer.actor("kim");
    await lookUp(db(), uri);
    const [kim] = await db().select().from(actors).where(eq(actors.uri, uri));
    const event = await mirrored(uri);
    const own = await mirrored(uri);
    await db().update(events).set({ hiddenAt: new Date() }).where(eq(events.id, own));
    const all = { page: true, search: true, profile: true, picture: true };
    expect(await shown(event, kim!.id)).toEqual(all);
    const table: [Standing, Partial<typeof all>][] = [
      ["limited", { picture: false }],
      ["silenced", { picture: false, search: false, profile: false }],
      ["suspended", { picture: false, search: false, profile: false, page: false }],
      ["silenced", { picture: false, search: false, profile: false }],
      ["open", { picture: false }],
    ];
    for (const [standing, missing] of table) {
      await judge(standing);
      expect([standing, await shown(event, kim!.id)]).toEqual([standing, { ...all, ...missing }]);
      expect((await getActorPage(db(), `kim@${peer.host}`))?.gone).toBe(standing === "suspended");
      expect((await shown(own, kim!.id)).page, "what was hidden by itself stays so").toBe(false);
      if (standing !== "suspended") {
        const later = await mirrored(uri);
        expect((await shown(later, kim!.id)).search).toBe(standing !== "silenced");
        expect((await shown(later, kim!.id)).picture).toBe(standing === "open");
      }
    }
    expect(await getPeer(db(), peer.host)).toMatchObject({ standing: "open", holds: "open", people: 1 });
  });

  it("outlives what is decided about one of its people, and leaves alone who is suspended by themselves", async () => {
    const uri = peer.actor("lea");
    await lookUp(db(), uri);
    const [lea] = await db().select().from(actors).where(eq(actors.uri, uri));
    const event = await mirrored(uri);
    const about = { uri: null, reporterId: null, reporterHost: null, content: "", targets: [] };
    const target = { actorId: lea!.id, eventId: null, commentId: null, postId: null, messageId: null };
    await transact(db(), (tx) => raiseFlag(tx, { ...about, targets: [target] }));
    const [flag] = await listReports(db(), { state: "open", limit: 1 });
    const decide = (decision: Decision) => decideFlag(db(), operator, { id: flag!.id, decision, note: "" });
    const isThere = async () => [
      !(await getActorPage(db(), `lea@${peer.host}`))!.gone,
      ...Object.values(await shown(event, lea!.id)).slice(0, 2),
    ];
    // What they wrote for a group here is there as they are.
    const post = await makePost(db(), await makeGroup(db()), { uri: `${peer.origin}/p/1`, actorId: lea!.id });
    const isPosted = async () => (await getPost(db(), visitor, post)) !== null;
    const steps: [() => Promise<unknown>, string, boolean[]][] = [
      [() => judge("suspended"), "blocked", [false, false, false]],
      [() => decide("suspend"), "suspended too", [false, false, false]],
      [() => decide("restore"), "restored, while the server is blocked", [false, false, false]],
      [() => judge("open"), "back with the server", [true, true, true]],
      [() => decide("suspend"), "suspended alone", [false, false, false]],
      [() => judge("silenced"), "and silenced", [false, false, false]],
      [() => judge("open"), "no longer silenced, still suspended", [false, false, false]],
      [() => judge("silenced"), "silenced again", [false, false, false]],
      [() => decide("restore"), "restored, in no list", [true, true, false]],
      [() => decide("suspend"), "suspended while it is silenced", [false, false, false]],
      [() => decide("restore"), "restored once more", [true, true, false]],
      [() => judge("open"), "all taken back", [true, true, true]],
    ];
    for (const [step, name, expected] of steps) {
      await step();
      expect([name, await isThere(), await isPosted()]).toEqual([name, expected, expected[0]]);
    }
    await decide("dismiss");
  });

  it("asks and tells a blocked server nothing; nobody follows there any more, nor from there", async () => {
    const uri = peer.actor("lou");
    await lookUp(db(), uri);
    const [lou] = await db().select().from(actors).where(eq(actors.uri, uri));
    const between = sql`${lou!.id} in (follower_id, followed_id)`;
    await follow(db(), ann.viewer, ann.actor.id, lou!.id);
    await peer.send(`${served.origin}/inbox`, peer.activity(uri, "Follow", `${served.origin}/@ann`));
    expect(await db().$count(schema.follows, between)).toBe(2);
    await judge("suspended");
    expect(await db().$count(schema.follows, between)).toBe(0);
    await expect(follow(db(), ann.viewer, ann.actor.id, lou!.id)).rejects.toMatchObject({ code: "not-found" });
    const asked = peer.asked.length;
    await expect(lookUp(db(), uri)).rejects.toMatchObject({ code: "server-suspended" });
    expect(peer.asked.length).toBe(asked);
    await judge("open");
    await lookUp(db(), uri);
    expect(peer.asked.length).toBeGreaterThan(asked);
  });

  it("covers true sub-domains and no look-alike, in the predicate and in the filter", async () => {
    const names = [
      "blocked.example",
      "a.b.blocked.example:8080",
      "notblocked.example",
      "example",
      "blocked.example.org",
    ];
    for (const host of names) {
      const [row] = await db().execute<{ lies: boolean }>(
        sql`select ${liesUnder(sql`${host}::text`, "blocked.example")} as lies`,
      );
      expect([host, row!.lies]).toEqual([host, domainsOf(host).includes("blocked.example")]);
    }
    expect(names.filter((host) => domainsOf(host).includes("blocked.example"))).toEqual(names.slice(0, 2));
    await db()
      .insert(schema.peers)
      .values(names.map((host) => ({ host })));
    await judge("suspended", "Blocked.example");
    await judge("silenced", "b.blocked.example");
    const held = (await listPeers(db(), { words: "example", limit: 20 })).filter(({ holds }) => holds !== "open");
    expect(held.map(({ host, holds }) => [host, holds])).toEqual([
      ["a.b.blocked.example:8080", "suspended"],
      ["b.blocked.example", "suspended"],
      ["blocked.example", "suspended"],
    ]);
    expect((await reachOf(db(), "blocked.example")).servers).toBe(3);
  });

  it("is for moderators alone, in words that can be read later, and never about this server", async () => {
    const member: Viewer = ann.viewer;
    await expect(judgePeer(db(), member, { host: "x.example", standing: "suspended" })).rejects.toMatchObject({
      code: "forbidden",
    });
    const own = new URL(served.origin).host;
    await expect(judgePeer(db(), operator, { host: own, standing: "suspended" })).rejects.toMatchObject({
      code: "host-own",
    });
    const moderator: Viewer = { ...ann.viewer, role: "moderator" };
    await judgePeer(db(), moderator, { host: "https://@bad.example/@x", standing: "silenced", note: "Spam" });
    expect((await listActs(db(), { limit: 1 }))[0]).toMatchObject({
      ...{ action: "silenced", subject: "bad.example", note: "Spam", by: "ann" },
    });
  });

  it.each([
    ["https://Events.Example/@ann?x=1", "events.example"],
    ["@ann@events.example", "events.example"],
    ["bücher.example:8080", "xn--bcher-kva.example:8080"],
    ["events.example.", "events.example"],
    ["not a host", null],
    ["*.example", null],
    ["", null],
  ])("reads %s as %s", (typed, host) => expect(readHost(typed)).toBe(host));
});

describe("whole servers", () => {
  it("are followed by their own actor, and no more; who asks waits where the host decides", async () => {
    const relay = peer.actor("relay", { type: "Application" });
    peer.documents.set("/.well-known/nodeinfo", {
      links: [{ rel: "https://www.w3.org/ns/activitystreams#Application", href: relay }],
    });
    expect(await followServer(db(), operator, peer.origin)).toBe(peer.host);
    const own = await instanceActor(db());
    const [row] = await db().select().from(follows).where(eq(follows.followerId, own.id));
    await tellFollow(db(), row!.id);
    await deliverTo(db(), peer.host);
    const asked = peer.received("Follow").at(-1)!;
    expect(asked).toMatchObject({ actor: `${served.origin}/actor`, object: relay });
    await peer.send(`${served.origin}/inbox`, peer.activity(relay, "Accept", asked));
    expect((await listPeers(db(), { view: "followed", limit: 5 }))[0]).toMatchObject({ followed: "accepted" });
    await unfollowServer(db(), operator, peer.host);
    await tellFollow(db(), row!.id);
    expect(await db().$count(follows, eq(follows.followerId, own.id))).toBe(0);

    await queueServers(db(), operator, true);
    await peer.send(`${served.origin}/inbox`, peer.activity(relay, "Follow", `${served.origin}/actor`));
    expect((await getPeer(db(), peer.host))!.follows).toBe("pending");
    const answers = () => [...peer.received("Accept"), ...peer.received("Reject")].map(({ type }) => type);
    await deliverTo(db(), peer.host);
    expect(answers()).toEqual([]);
    const [waiting] = await db().select().from(follows).where(eq(follows.followedId, own.id));
    await answerServer(db(), operator, peer.host, true);
    await tellFollowAnswer(db(), waiting!.id);
    await deliverTo(db(), peer.host);
    expect([(await getPeer(db(), peer.host))!.follows, answers()]).toEqual(["accepted", ["Accept"]]);
    await answerServer(db(), operator, peer.host, false);
    await tellFollowAnswer(db(), waiting!.id);
    // Who was declined and asks again is told again.
    await peer.send(`${served.origin}/inbox`, peer.activity(relay, "Follow", `${served.origin}/actor`));
    await deliverTo(db(), peer.host);
    expect(answers()).toEqual(["Accept", "Reject", "Reject"]);
  });
});

it("tells a server of a report about its own people in this server's name, once, and never who reported", async () => {
  const uri = peer.actor("mia");
  await lookUp(db(), uri);
  const [mia] = await db().select().from(actors).where(eq(actors.uri, uri));
  const event = await mirrored(uri);
  const id = newId();
  const content = "Tickets that are none";
  await db().insert(schema.flags).values({ id, actorId: mia!.id, eventId: event, reporterId: ann.actor.id, content });
  for (let time = 0; time < 2; time++) await tellFlag(db(), id);
  await deliverTo(db(), peer.host);
  const [told, ...more] = peer.received("Flag");
  expect(more).toEqual([]);
  expect(told).toMatchObject({
    actor: `${served.origin}/actor`,
    object: [uri, `${peer.origin}/events/${count}`],
    content: "Tickets that are none",
    to: [uri],
  });
  expect(JSON.stringify(told)).not.toContain("ann");
});
