import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { createActor } from "#lib/actor/commands.ts";
import { createEvent, deleteEvent, updateEvent } from "#lib/event/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { operator } from "#lib/policy/viewer.ts";
import { resolveActor } from "../remote/actor.ts";
import { type Json, Peer, read } from "../testing/peer.ts";
import { type Served, serveFederation } from "../testing/server.ts";
import { deliverTo } from "./delivery.ts";
import { tellEvent } from "./event.ts";
import { tellAnnouncement, tellChange } from "./note.ts";

/**
 * A group with somebody who follows it, somebody who is a member and somebody who takes part, each of another server; one that
 * follows this whole server; and a stranger.
 */
let served: Served;
let group: { id: string; uri: string };
const names = ["follower", "member", "participant", "watcher", "stranger"] as const;
type Name = (typeof names)[number];
const peers = {} as Record<Name, Peer>;
const people = {} as Record<Name, string>;
const db = () => served.base.db;
const uri = (id: string) => `${served.origin}/events/${id}`;

beforeAll(async () => {
  for (const name of names) peers[name] = await new Peer().start();
  served = await serveFederation(() => Object.values(peers).map(({ host }) => host));
  const id = await makeGroup(db(), { handle: "atelier" });
  group = { id, uri: `${served.origin}/@atelier` };
  for (const name of names) {
    people[name] = peers[name].actor(name);
    await resolveActor(db(), people[name]);
  }
  await peers.follower.send(
    `${served.origin}/inbox`,
    peers.follower.activity(people.follower, "Follow", `${served.origin}/@atelier`),
  );
  await peers.watcher.send(
    `${served.origin}/inbox`,
    peers.watcher.activity(people.watcher, "Follow", `${served.origin}/actor`),
  );
  await enrol(db(), id, { memberId: (await resolveActor(db(), people.member))!.id });
});
afterAll(async () => {
  await served.stop();
  await Promise.all(Object.values(peers).map((peer) => peer.stop()));
});
beforeEach(() => {
  for (const peer of Object.values(peers)) peer.inbox.length = 0;
});

const settle = async (id: string) => {
  await tellEvent(db(), id);
  await Promise.all(Object.values(peers).map(({ host }) => deliverTo(db(), host)));
};
const make = async (change: object = {}) => {
  const input = {
    ...{ name: "Repair café", state: "published", startWall: "2030-12-05T19:00:00", endWall: "2030-12-05T22:00:00" },
    ...{ timezone: "Europe/Paris", language: "en", ...change },
  };
  const id = await createEvent(db(), operator, group.id, input as never);
  await settle(id);
  return id;
};
const change = async (id: string, to: object) => {
  await updateEvent(db(), operator, id, to as never);
  await settle(id);
};
/** Kinds of what each server was told of an event by the group itself since this was last asked. */
const told = (id: string) => {
  const of = (peer: Peer) =>
    peer.inbox
      .splice(0)
      .map(({ activity }) => activity)
      .filter(({ type, object }) => type !== "Announce" && (object as Json)?.id === uri(id))
      .map(({ type }) => type);
  return Object.fromEntries(names.map((name) => [name, of(peers[name])]));
};
const nobody = { follower: [], member: [], participant: [], watcher: [], stranger: [] };

/** Somebody takes part who is neither follower nor member: as when they did before it became an event for these alone. */
async function takePart(id: string) {
  await peers.participant.send(
    `${served.origin}/inbox`,
    peers.participant.activity(people.participant, "Join", uri(id)),
  );
  const { participations } = schema;
  expect(await db().$count(participations, eq(participations.eventId, id))).toBe(1);
}

describe("an event for some alone", () => {
  it("for followers goes to the servers of followers and members, addressed to the followers", async () => {
    const id = await make({ visibility: "followers" });
    const [create] = peers.follower.received("Create");
    expect([create!.to, create!.cc]).toEqual([[`${group.uri}/followers`], []]);
    expect(create!.object).toMatchObject({ to: [`${group.uri}/followers`], cc: [] });
    expect(create!.signature).toBeUndefined();
    expect(told(id)).toEqual({ ...nobody, follower: ["Create"], member: ["Create"] });
  });

  it("for members goes to their servers alone, addressed to the members", async () => {
    const id = await make({ visibility: "members" });
    expect(peers.member.received("Create")[0]!.object).toMatchObject({ to: [`${group.uri}/members`], cc: [] });
    expect(told(id)).toEqual({ ...nobody, member: ["Create"] });
    await change(id, { name: "Repair café, inside" });
    expect(told(id)).toEqual({ ...nobody, member: ["Update"] });
    await deleteEvent(db(), operator, id);
    await settle(id);
    expect(told(id)).toEqual({ ...nobody, member: ["Delete"] });
  });

  it("is read by who signs as one of them, or by their server's own actor; it looks absent to everybody else", async () => {
    const statuses = async (id: string) => {
      const asked = names.map(async (name) => [name, (await peers[name].ask(uri(id), people[name])).status]);
      return Object.fromEntries(await Promise.all(asked));
    };
    const open = await make();
    const everybody = Object.fromEntries(names.map((name) => [name, 200]));
    const absent = Object.fromEntries(names.map((name) => [name, 404]));
    expect(await statuses(open)).toEqual(everybody);
    const followers = await make({ visibility: "followers" });
    expect(await statuses(followers)).toEqual({ ...absent, follower: 200, member: 200 });
    const members = await make({ visibility: "members" });
    expect(await statuses(members)).toEqual({ ...absent, member: 200 });
    expect((await read(uri(members))).status).toBe(404);

    const own = (peer: Peer) => peer.actor("relay", { type: "Application" });
    const { status, json, headers } = await peers.member.ask(uri(members), own(peers.member));
    expect([status, json.id, headers.get("cache-control")]).toEqual([200, uri(members), "private, no-store"]);
    expect((await peers.follower.ask(uri(members), own(peers.follower))).status).toBe(404);
    // Another of the same server is not the server.
    expect((await peers.member.ask(uri(members), peers.member.actor("neighbour"))).status).toBe(404);
    expect((await read(uri(members), { date: new Date().toUTCString(), signature: "forged" })).status).toBe(404);
  });

  it("is not read by a signature that was made for another server, another thing, or another day", async () => {
    const id = await make({ visibility: "members" });
    const status = async (how: Parameters<Peer["ask"]>[2]) =>
      (await peers.member.ask(uri(id), people.member, how)).status;
    expect(await status({})).toBe(200);
    expect(await status({ meant: `${peers.stranger.origin}/events/${id}` })).toBe(404);
    expect(await status({ meant: `${served.origin}/@atelier` })).toBe(404);
    expect(await status({ date: new Date(Date.now() - 24 * 3_600_000) })).toBe(404);
  });

  it("asks nothing of a server from which nobody is known here", async () => {
    const id = await make({ visibility: "members" });
    const far = await new Peer().start();
    expect((await far.ask(uri(id), far.actor("eve"))).status).toBe(404);
    expect(far.asked).toEqual([]);
    await far.stop();
  });
});

describe("an event that changes hands", () => {
  it("is taken once from those who may not see it any more, also from who takes part, and who gives their place back", async () => {
    const id = await make();
    expect(peers.watcher.received("Announce").map(({ object }) => object)).toEqual([uri(id)]);
    expect(told(id)).toEqual({ ...nobody, follower: ["Create"], member: ["Create"] });
    await takePart(id);
    await change(id, { visibility: "members" });
    const mine = {
      follower: ["Delete"],
      member: ["Update"],
      participant: ["Delete"],
      watcher: ["Delete"],
      stranger: [],
    };
    expect(told(id)).toEqual(mine);
    const { status, json } = await read(uri(id));
    expect([status, json.type]).toEqual([410, "Tombstone"]);
    const says = (type: string) =>
      peers.participant.send(`${served.origin}/inbox`, peers.participant.activity(people.participant, type, uri(id)));
    await change(id, { name: "For us alone", startWall: "2030-12-05T20:00:00" });
    const message = {
      id: newId(),
      eventId: id,
      actorId: group.id,
      name: "To all",
      content: "Who come",
      audience: "all",
    };
    await db().insert(schema.announcements).values(message);
    await tellAnnouncement(db(), message.id);
    const [notice] = await db().select().from(schema.eventNotices).where(eq(schema.eventNotices.eventId, id));
    await tellChange(db(), notice!.id);
    await deliverTo(db(), peers.participant.host);
    // Neither the change, nor a note on it, nor what is said to all who take part.
    expect(peers.participant.inbox).toEqual([]);
    const seats = async () => (await db().select().from(schema.events).where(eq(schema.events.id, id)))[0]!.seatsTaken;
    expect(await seats()).toBe(1);
    await says("Leave");
    expect(await seats()).toBe(0);
  });

  it("comes back to who takes part with those whom it is for", async () => {
    const id = await make();
    await takePart(id);
    await change(id, { visibility: "members" });
    told(id);
    await change(id, { visibility: "public" });
    expect(told(id).participant).toEqual(["Update"]);
  });

  it("comes as new to those who may see it from now on, once", async () => {
    const id = await make({ visibility: "members" });
    told(id);
    await change(id, { visibility: "followers" });
    expect(told(id)).toEqual({ ...nobody, follower: ["Create"], member: ["Update"] });
    await change(id, { visibility: "public" });
    expect(told(id)).toEqual({ ...nobody, follower: ["Update"], member: ["Update"] });
    await settle(id);
    expect(told(id)).toEqual(nobody);
  });
});

it("hides what another server sends to followers or members from everybody else here", async () => {
  const { actors, events, follows } = schema;
  const ann = await createActor(db(), operator, { handle: "ann", name: "Ann" });
  const peer = peers.stranger;
  const host = peer.actor("club", { type: "Group" });
  const club = (await resolveActor(db(), host))!;
  const event = (to: string[], count: number) => ({
    ...{ id: `${peer.origin}/events/${count}`, type: "Event", attributedTo: host, name: "Inside" },
    ...{ startTime: "2030-12-05T19:00:00+01:00", timezone: "Europe/Paris", to, cc: [] },
  });
  const send = async (to: string[], count: number) => {
    const object = event(to, count);
    await peer.send(`${served.origin}/inbox`, peer.activity(host, "Create", object, { to }));
    const [row] = await db().select().from(events).where(eq(events.uri, object.id));
    return row && [row.visibility, row.listed];
  };
  expect(await send([`${host}/followers`], 1)).toBeUndefined();
  await enrol(db(), club.id, { memberId: ann.id });
  expect(await send([`${host}/followers`], 2)).toEqual(["followers", false]);
  expect(await send([`${host}/members`], 3)).toEqual(["members", false]);
  expect(await send(["https://elsewhere.example/somebody"], 4)).toEqual(["members", false]);
  expect(await db().$count(follows, eq(follows.followedId, club.id))).toBe(0);
  expect(await db().$count(actors, eq(actors.id, club.id))).toBe(1);
});
