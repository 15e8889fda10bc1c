import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { follow, unfollow } from "#lib/actor/follow/commands.ts";
import { getFollow } from "#lib/actor/follow/queries.ts";
import { allowances } from "#lib/limits/allowances.ts";
import { giveBack, take } from "#lib/limits/bucket.ts";
import { joinAway, leaveAway } from "#lib/participation/away/commands.ts";
import { getAway } from "#lib/participation/away/queries.ts";
import { Refusal } from "#lib/refusal.ts";
import { deliverTo } from "../outbox/delivery.ts";
import { tellFollow } from "../outbox/follow.ts";
import { tellParticipation } from "../outbox/participation.ts";
import { type Json, Peer } from "../testing/peer.ts";
import { type Served, serveFederation } from "../testing/server.ts";
import { readEvent } from "./event.ts";
import { lookUp } from "./lookup.ts";
import { readOutbox } from "./outbox.ts";

let served: Served;
let peer: Peer;
let other: Peer;
let ann: Awaited<ReturnType<typeof person>>;
let inbox: string;
const { actors, events, follows, participations } = schema;
const db = () => served.base.db;
const mirrored = async (uri: string) => (await db().select().from(events).where(eq(events.uri, uri)))[0];

const publicly = "https://www.w3.org/ns/activitystreams#Public";
let count = 0;
const make = (actor: string, change: Json = {}): Json => {
  const id = `${peer.origin}/events/${++count}`;
  const event = {
    type: "Event",
    id,
    name: `Concert ${count}`,
    content: "<p>Loud <script>alert(1)</script><b onclick=x>music</b></p>",
    startTime: "2030-06-01T20:00:00+02:00",
    endTime: "2030-06-01T23:00:00+02:00",
    timezone: "Europe/Paris",
    attributedTo: actor,
    to: [publicly],
    cc: [`${actor}/followers`],
    updated: "2026-01-01T00:00:00Z",
    ...change,
  };
  peer.documents.set(`/events/${count}`, { "@context": "https://www.w3.org/ns/activitystreams", ...event });
  return event;
};
const tell = (actor: string, type: string, object: unknown, more: Json = {}) =>
  peer.send(inbox, peer.activity(actor, type, object, { to: [publicly], cc: [`${actor}/followers`], ...more }));

beforeAll(async () => {
  [peer, other] = [await new Peer().start(), await new Peer().start()];
  served = await serveFederation(() => [peer.host, other.host]);
  ann = await person(db(), "ann");
  inbox = `${served.origin}/inbox`;
});
afterAll(async () => {
  await served.stop();
  await Promise.all([peer.stop(), other.stop()]);
});

/** Ann follows, and is accepted. */
async function followed(name: string, change: Json = {}) {
  const uri = peer.actor(name, change);
  peer.documents.set(`/.well-known/webfinger?resource=${encodeURIComponent(`acct:${name}@${peer.host}`)}`, {
    links: [{ rel: "self", type: "application/activity+json", href: uri }],
  });
  const path = await lookUp(db(), `@${name}@${peer.host}`);
  expect(path).toBe(`/@${name}@${peer.host}`);
  const [row] = await db().select().from(actors).where(eq(actors.uri, uri));
  await follow(db(), ann.viewer, ann.actor.id, row!.id);
  const [asked] = await db().select().from(follows).where(eq(follows.followedId, row!.id));
  await tellFollow(db(), asked!.id);
  await deliverTo(db(), peer.host);
  const activity = peer.received("Follow").at(-1)!;
  expect(activity).toMatchObject({ actor: `${served.origin}/@ann`, object: uri });
  return { uri, id: row!.id, activity };
}

describe("following somebody elsewhere", () => {
  it("asks, is pending until they accept, and no stranger accepts for them; ending it is told", async () => {
    const { uri, id, activity } = await followed("kim");
    const state = async () => (await getFollow(db(), [ann.actor.id], id))?.state;
    expect(await state()).toBe("pending");
    const stranger = other.actor("stranger");
    await other.send(inbox, other.activity(stranger, "Accept", activity));
    expect(await state()).toBe("pending");
    await tell(uri, "Accept", activity);
    expect(await state()).toBe("accepted");
    await unfollow(db(), ann.viewer, ann.actor.id, id);
    // Whatever is answered before they hear of it.
    for (const type of ["Reject", "Accept"]) await tell(uri, type, activity);
    expect(await state()).toBeUndefined();
    const [row] = await db().select().from(follows).where(eq(follows.followedId, id));
    await tellFollow(db(), row!.id);
    await deliverTo(db(), peer.host);
    expect(peer.received("Undo").at(-1)).toMatchObject({ object: { type: "Follow", id: activity.id } });
    expect(await db().$count(follows, eq(follows.followedId, id))).toBe(0);
  });

  it("shows what they publish, without their scripts, changed by newer words alone, gone when it is deleted", async () => {
    const { uri, activity } = await followed("lou");
    await tell(uri, "Accept", activity);
    const event = make(uri);
    expect((await tell(uri, "Create", event)).status).toBe(202);
    const row = (await mirrored(event.id as string))!;
    expect(row).toMatchObject({ state: "published", visibility: "public", listed: true, timezone: "Europe/Paris" });
    expect(row.startTime.toISOString()).toBe("2030-06-01T18:00:00.000Z");
    expect(row.content).not.toMatch(/script|onclick/);
    const newer = {
      ...event,
      name: "Concert, moved",
      startTime: "2030-06-02T20:00:00+02:00",
      endTime: "2030-06-02T23:00:00+02:00",
      updated: "2026-02-01T00:00:00Z",
    };
    await tell(uri, "Update", newer);
    await tell(uri, "Update", { ...event, name: "Stale" });
    const changed = (await mirrored(event.id as string))!;
    expect([changed.name, changed.startTime.toISOString(), changed.sequence]).toEqual([
      "Concert, moved",
      "2030-06-02T18:00:00.000Z",
      1,
    ]);
    await tell(uri, "Delete", { type: "Tombstone", id: event.id });
    expect((await mirrored(event.id as string))!.state).toBe("deleted");
    await tell(uri, "Create", { ...event, updated: "2027-01-01T00:00:00Z" });
    expect((await mirrored(event.id as string))!.state, "a tombstone is final").toBe("deleted");
  });

  it("keeps nothing of strangers, and nothing that is another's", async () => {
    const eve = peer.actor("eve");
    const unasked = make(eve);
    await tell(eve, "Create", unasked);
    expect(await mirrored(unasked.id as string)).toBeUndefined();
    const { uri, activity } = await followed("max");
    await tell(uri, "Accept", activity);
    const event = make(uri);
    await tell(uri, "Create", event);
    const name = async () => (await mirrored(event.id as string))?.name;
    const before = await name();
    await tell(eve, "Update", { ...event, name: "Forged", updated: "2029-01-01T00:00:00Z" });
    await tell(eve, "Delete", event.id);
    const mallory = other.actor("mallory");
    await other.send(
      inbox,
      other.activity(mallory, "Update", { ...event, name: "Forged", updated: "2029-01-01T00:00:00Z" }),
    );
    await other.send(inbox, other.activity(mallory, "Delete", event.id));
    expect([await name(), (await mirrored(event.id as string))!.state]).toEqual([before, "published"]);
    // Attributed to somebody of another server: nobody vouches for that.
    const foreign = make(uri, { attributedTo: mallory });
    await tell(uri, "Create", foreign);
    expect(await mirrored(foreign.id as string)).toBeUndefined();
  });

  it("reads what an announced address says from where it is, and an outbox in bounded pages", async () => {
    const { uri, id, activity } = await followed("nia", { type: "Application" });
    await tell(uri, "Accept", activity);
    const author = peer.actor("author");
    const event = make(author);
    await tell(uri, "Announce", event.id);
    expect((await mirrored(event.id as string))!.name).toBe(event.name);
    const early = make(author);
    peer.documents.set("/users/nia/outbox", {
      id: `${uri}/outbox`,
      type: "OrderedCollection",
      first: {
        type: "OrderedCollectionPage",
        id: `${uri}/outbox?p=1`,
        orderedItems: [peer.activity(uri, "Announce", early.id)],
      },
    });
    expect(await readOutbox(db(), id)).toBe(1);
    expect((await mirrored(early.id as string))!.name).toBe(early.name);
  });

  it("keeps so many of one server in an hour, and no more", async () => {
    const { uri, activity } = await followed("pia");
    await tell(uri, "Accept", activity);
    const [{ count: most }] = allowances.mirror.windows;
    for (let at = 0; at < most; at++) take("mirror", peer.host);
    const event = make(uri);
    expect((await tell(uri, "Create", event)).status).toBe(202);
    expect(await mirrored(event.id as string)).toBeUndefined();
    for (let at = 0; at < most; at++) giveBack("mirror", peer.host);
    await tell(uri, "Create", event);
    expect(await mirrored(event.id as string)).toBeDefined();
  });
});

describe("taking part elsewhere", () => {
  it("asks the host alone, is in when the host accepts, out when it declines, and gives the place back", async () => {
    const { uri, activity } = await followed("ora");
    await tell(uri, "Accept", activity);
    const event = make(uri);
    await tell(uri, "Create", event);
    const { id } = (await mirrored(event.id as string))!;
    const state = async () => (await getAway(db(), id, [ann.actor.id]))?.state;
    const as = { actorId: ann.actor.id, language: "en", timezone: "UTC" };
    const told = async (again = false) => {
      const [row] = await db().select().from(participations).where(eq(participations.eventId, id));
      await tellParticipation(db(), row!.id, again);
      await deliverTo(db(), peer.host);
    };
    await joinAway(db(), ann.viewer, id, as);
    await joinAway(db(), ann.viewer, id, as);
    await told();
    const join = peer.received("Join").at(-1)!;
    expect(peer.received("Join")).toHaveLength(1);
    expect(join).toMatchObject({ actor: `${served.origin}/@ann`, object: event.id, to: [uri] });
    expect(await state()).toBe("pending");
    await other.send(inbox, other.activity(other.actor("faker"), "Accept", join));
    expect(await state()).toBe("pending");
    await told(true);
    expect(peer.received("Join"), "without an answer it is asked once more").toEqual([join, join]);
    await tell(uri, "Accept", join);
    expect(await state()).toBe("accepted");
    await leaveAway(db(), ann.viewer, id, ann.actor.id);
    await told();
    expect(peer.received("Leave").at(-1)).toMatchObject({ object: event.id });
    await joinAway(db(), ann.viewer, id, as);
    await told();
    await tell(uri, "Reject", peer.received("Join").at(-1));
    expect(await state()).toBe("rejected");
  });
});

describe("an address that somebody types", () => {
  it("leads to the page of an event, a profile, or of what is ours; else to a sentence", async () => {
    const uri = peer.actor("pia");
    const event = make(uri);
    expect(await lookUp(db(), event.id as string)).toMatch(/^\/events\//);
    expect(await lookUp(db(), uri)).toBe(`/@pia@${peer.host}`);
    expect(await lookUp(db(), `${served.origin}/@ann`)).toBe("/@ann");
    peer.documents.set("/note", { id: `${peer.origin}/note`, type: "Note", content: "x" });
    peer.documents.set("/liar", { ...make(uri), id: `${other.origin}/events/1` });
    for (const address of [
      `${peer.origin}/note`,
      `${peer.origin}/liar`,
      `${peer.origin}/none`,
      "http://127.0.0.1:1/",
      "http://169.254.169.254/latest",
      "hello",
      `@nobody@${peer.host}`,
    ])
      await expect(lookUp(db(), address), address).rejects.toThrow(Refusal);
  });
});

describe("the events of others", () => {
  const id = "https://peer.example/events/1";
  const base = { id, type: "Event", name: "Fête", attributedTo: "https://peer.example/u/1", to: publicly };
  it.each<[string, Json, Json]>([
    [
      "Mobilizon",
      {
        startTime: "2030-06-01T20:00:00+02:00",
        endTime: "2030-06-01T23:00:00+02:00",
        timezone: "Europe/Paris",
        joinMode: "restricted",
        "ical:status": "TENTATIVE",
        status: "TENTATIVE",
        category: "MUSIC",
        maximumAttendeeCapacity: 0,
        location: { type: "Place", name: "Salle", address: { type: "PostalAddress", addressLocality: "Lyon" } },
        attachment: [{ type: "Document", mediaType: "image/jpeg", name: "Banner", url: "https://peer.example/b.jpg" }],
      },
      {
        start: "2030-06-01T20:00:00",
        status: "tentative",
        joinMode: "approval",
        place: "Salle",
        maximumAttendeeCapacity: null,
        picture: "https://peer.example/b.jpg",
        category: "MUSIC",
      },
    ],
    [
      "Mobilizon's language-tagged name",
      { name: { "@value": "Fête", "@language": "und" }, startTime: "2030-06-01T18:00:00Z" },
      { start: "2030-06-01T18:00:00" },
    ],
    [
      "Gancio",
      {
        startTime: "2030-06-01T20:00:00+02:00",
        location: [{ name: "Colosseo" }, { type: "VirtualLocation", url: "https://talk.example/x" }],
        tag: [{ type: "Hashtag", name: "#test", href: "/tags/test" }],
      },
      { start: "2030-06-01T18:00:00", place: "Colosseo", onlineUrl: "https://talk.example/x", tags: ["test"] },
    ],
    [
      "WordPress",
      {
        startTime: "2030-06-01T20:00:00+02:00",
        timezone: "Europe/Paris",
        joinMode: "external",
        externalParticipationUrl: "https://peer.example/tickets",
        summary: "<p>x</p>",
        location: "Le Bal",
      },
      { start: "2030-06-01T20:00:00", joinMode: "external", place: "Le Bal" },
    ],
    [
      "Friendica",
      { startTime: "2030-06-01T18:00:00Z", location: { type: "Place", name: "Kantine" } },
      { start: "2030-06-01T18:00:00", place: "Kantine", end: null },
    ],
    [
      "Hubzilla",
      {
        startTime: "2030-06-01T20:00:00-00:00",
        timezone: "Europe/Berlin",
        location: { type: "Place", content: "Saal" },
      },
      { start: "2030-06-01T20:00:00", place: "Saal" },
    ],
    [
      "Gathio",
      { startTime: "2030-06-01T20:00:00.000Z", location: "Somewhere nice" },
      { start: "2030-06-01T20:00:00", place: "Somewhere nice" },
    ],
    [
      "PieFed",
      {
        startTime: "2030-06-01T20:00:00+00:00",
        onlineLink: "https://meet.example/1",
        isOnline: true,
        joinMode: "free",
      },
      { start: "2030-06-01T20:00:00", onlineUrl: "https://meet.example/1", attendanceMode: "online" },
    ],
    [
      "FEP-8a8e",
      {
        attributedTo: undefined,
        organizers: { type: "Collection", items: ["https://peer.example/u/2"] },
        startTime: "2030-06-01T20:00:00+01:00",
        endTime: "2030-06-01T22:00:00+01:00",
        displayEndTime: "false",
        eventStatus: "EventCancelled",
        joinMode: "none",
      },
      {
        start: "2030-06-01T19:00:00",
        end: null,
        status: "cancelled",
        joinMode: "closed",
        attributedTo: "https://peer.example/u/2",
      },
    ],
    ["a date alone", { startTime: "2030-06-01" }, { start: "2030-06-01T00:00:00", allDay: true }],
  ])("%s", (_, change, expected) => {
    const read = readEvent({ ...base, ...change })!;
    const flat: Json = {
      ...read,
      start: read.start.wall,
      end: read.end?.wall ?? null,
      place: read.place?.name ?? null,
      picture: read.picture?.url ?? null,
    };
    expect(flat).toMatchObject({ name: "Fête", ...expected });
  });

  it.each([
    [{}],
    [{ startTime: "soon" }],
    [{ startTime: "9999-99-99T99:99:99Z" }],
    [{ startTime: "2030-06-01T20:00:00Z", name: "" }],
    [{ startTime: "2030-06-01T20:00:00Z", type: "Note" }],
    [{ startTime: ["2030-06-01T20:00:00Z"] }],
  ])("is none without a name and a start: %j", (change) => {
    expect(readEvent({ ...base, ...change })).toBeNull();
  });
});
