import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { createActor } from "#lib/actor/commands.ts";
import { createEvent, deleteEvent, updateEvent } from "#lib/event/commands.ts";
import { newId } from "#lib/ids.ts";
import { storePicture } from "#lib/media/commands.ts";
import { announce } from "#lib/notification/announcement/commands.ts";
import { type AccountViewer, operator } from "#lib/policy/viewer.ts";
import { isLinked } from "../testing/linked-data.ts";
import { type Delivered, isProven, isSigned, type Json, Peer, read } from "../testing/peer.ts";
import { type Served, serveFederation } from "../testing/server.ts";
import { deliverTo } from "./delivery.ts";
import { tellEvent } from "./event.ts";
import { tellAnnouncement } from "./note.ts";

/** Seven servers, each with one follower: more than Fedify would send to without rewriting the activity. */
let served: Served;
let peers: Peer[];
let ann: string;
let organizerId: string;
const db = () => served.base.db;
const uri = (id: string) => `${served.origin}/events/${id}`;
const publicly = "https://www.w3.org/ns/activitystreams#Public";

const input = {
  name: "Repair café",
  content: 'Bring what is **broken**, & "more".\n\nAll of it.',
  state: "published" as const,
  startWall: "2030-07-05T19:00:00",
  endWall: "2030-07-05T22:00:00",
  timezone: "Europe/Paris",
  language: "en",
  place: { name: "Maison", streetAddress: "1 quai X", addressLocality: "Nantes", latitude: 48, longitude: -1.5534 },
  tags: ["repair", "vélo école"],
  category: "DIY_MAKER_SPACES",
  attendanceMode: "mixed" as const,
  onlineUrl: "https://talk.example/room",
  maximumAttendeeCapacity: 30,
};
const make = async (change: object = {}) => {
  const id = await createEvent(db(), operator, organizerId, { ...input, ...change } as never);
  await tellEvent(db(), id);
  return id;
};
const deliver = () => Promise.all(peers.map(({ host }) => deliverTo(db(), host)));
const of = (id: string) => (delivered: Delivered) => ((delivered.activity.object as Json)?.id ?? "") === uri(id);

beforeAll(async () => {
  peers = await Promise.all(Array.from({ length: 7 }, () => new Peer().start()));
  served = await serveFederation(() => peers.map(({ host }) => host));
  organizerId = (await createActor(db(), operator, { handle: "ann", name: "Ann" })).id;
  ann = `${served.origin}/@ann`;
  await Promise.all(peers.map((peer) => peer.send(`${ann}/inbox`, peer.activity(peer.actor("bob"), "Follow", ann))));
  await deliver();
});
afterAll(async () => {
  await served.stop();
  await Promise.all(peers.map((peer) => peer.stop()));
});

describe("an event on the wire", () => {
  let id: string;
  let object: Json;
  let raw: string;
  beforeAll(async () => {
    const png = await sharp({ create: { width: 40, height: 20, channels: 3, background: "#c33" } })
      .png()
      .toBuffer();
    id = await make({ coverId: await storePicture(db(), png, "A table with tools") });
    await deliver();
    raw = await (await fetch(uri(id), { headers: { accept: "application/activity+json" } })).text();
    object = JSON.parse(raw) as Json;
  });

  it("is the same to the byte by GET and in the Create, whatever the number of servers, apart from its context", () => {
    const [, context, rest] = /^\{"@context":(\[.*?\}\]),(.*)$/s.exec(raw)!;
    for (const peer of peers) {
      const [create] = peer.inbox.filter(of(id));
      expect(create!.body).toContain(`{${rest}`);
      expect(JSON.stringify(create!.activity["@context"])).toBe(context);
    }
  });

  it("says each property as the table of the design has it, and nothing besides", () => {
    const at = uri(id);
    const picture = {
      mediaType: "image/webp",
      url: expect.stringContaining(`${served.origin}/media/`),
      name: "A table with tools",
    };
    const { "@context": context, ...said } = object;
    expect((context as unknown[]).slice(0, 2)).toEqual([
      "https://www.w3.org/ns/activitystreams",
      "https://w3id.org/security/data-integrity/v1",
    ]);
    expect(JSON.stringify(context)).not.toMatch(/"location"/);
    const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    expect(said).toEqual({
      id: at,
      url: at,
      type: "Event",
      uuid: id,
      attributedTo: ann,
      contacts: [ann],
      organizers: null,
      to: [publicly],
      cc: [`${ann}/followers`],
      name: "Repair café",
      summary: "Friday, 5 July 2030, 19:00–22:00 (Europe/Paris), Maison, 1 quai X, Nantes",
      content: expect.any(String),
      contentMap: { en: said.content },
      mediaType: "text/html",
      inLanguage: "en",
      startTime: "2030-07-05T19:00:00+02:00",
      endTime: "2030-07-05T22:00:00+02:00",
      timezone: "Europe/Paris",
      location: {
        type: "Place",
        id: expect.stringMatching(`^${at}#place-[0-9a-f-]+$`),
        name: "Maison",
        latitude: 48.0000001,
        longitude: -1.5534,
        address: { type: "PostalAddress", streetAddress: "1 quai X", addressLocality: "Nantes" },
      },
      attachment: [
        { type: "Document", ...picture, width: 40, height: 20 },
        { type: "Link", href: "https://talk.example/room", mediaType: "text/html", name: "Website" },
      ],
      image: { type: "Image", ...picture },
      tag: [
        { type: "Hashtag", name: "#repair", href: `${served.origin}/search?tag=repair` },
        { type: "Hashtag", name: "#véloécole", href: `${served.origin}/search?tag=v%C3%A9lo%20%C3%A9cole` },
      ],
      category: "DIY_MAKER_SPACES",
      isOnline: true,
      status: "CONFIRMED",
      "ical:status": "CONFIRMED",
      eventStatus: "EventScheduled",
      joinMode: "free",
      externalParticipationUrl: null,
      maximumAttendeeCapacity: 30,
      remainingAttendeeCapacity: 30,
      participantCount: 0,
      anonymousParticipationEnabled: true,
      attendees: { id: `${at}/attendees`, type: "Collection", totalItems: 0 },
      anonymousParticipation: true,
      onlineLink: "https://talk.example/room",
      buyTicketsLink: null,
      feeCurrency: null,
      feeAmount: null,
      commentsEnabled: true,
      repliesModerationOption: "allow_all",
      replies: `${at}/replies`,
      context: `${at}/context`,
      draft: false,
      published: moment,
      updated: moment,
    });
    expect(said.content).toMatch(/^<p>Bring what is <strong>broken<\/strong>, &amp; .*All of it\.<\/p>\s*$/s);
    expect(Date.parse(said.updated as string)).toBeGreaterThanOrEqual(Date.parse(said.published as string));
  });

  it("is signed three times: the request, the linked data, and the object; and none holds when a letter is another", async () => {
    const { json: actor } = await read(ann);
    const key = (actor.publicKey as { publicKeyPem: string }).publicKeyPem;
    for (const peer of peers) {
      const [create] = peer.inbox.filter(of(id));
      expect([await isSigned(create!), isLinked(create!.activity, key), await isProven(create!.activity)]).toEqual([
        true,
        true,
        true,
      ]);
      const { proof, signature, ...rest } = create!.activity as Record<string, Json>;
      expect(rest["@context"]).toEqual(proof!["@context"]);
      const forge = (change: Json) =>
        ({ ...rest, proof, signature, object: { ...rest.object, ...change } }) as unknown as Json;
      for (const change of [{ name: "Despair café" }, { joinMode: "closed" }, { maximumAttendeeCapacity: 31 }]) {
        expect([isLinked(forge(change), key), await isProven(forge(change))]).toEqual([false, false]);
        expect(await isSigned({ ...create!, body: JSON.stringify(forge(change)) })).toBe(false);
      }
    }
  });

  it("has an end that is later, a word for what is invented, days from midnight on, and UTC without a Z", async () => {
    const says = async (change: object) => (await read(uri(await make({ endWall: null, ...change })))).json;
    expect(await says({})).toMatchObject({ endTime: "2030-07-05T21:00:00+02:00", displayEndTime: false });
    expect(await says({ timezone: "UTC" })).toMatchObject({ startTime: "2030-07-05T19:00:00+00:00", timezone: "UTC" });
    expect(await says({ allDay: true, endWall: "2030-07-06T00:00:00" })).toMatchObject({
      startTime: "2030-07-05T00:00:00+02:00",
      endTime: "2030-07-06T23:59:59+02:00",
    });
    const online = await says({ place: null, attendanceMode: "online" });
    expect(online.location).toMatchObject({
      type: "VirtualLocation",
      url: "https://talk.example/room",
      name: "Online",
    });
    expect((await says({ place: null, onlineUrl: null, attendanceMode: "offline" })).location).toBeUndefined();
  });

  it.each([
    ["approval", { joinMode: "approval" }, { joinMode: "restricted" }],
    ["closed, which is Mobilizon's invite", { joinMode: "closed" }, { joinMode: "invite" }],
    [
      "elsewhere",
      { joinMode: "external", externalParticipationUrl: "https://tickets.example/1" },
      { joinMode: "external", externalParticipationUrl: "https://tickets.example/1", anonymousParticipation: false },
    ],
    [
      "tentative",
      { status: "tentative" },
      { status: "TENTATIVE", "ical:status": "TENTATIVE", eventStatus: "EventTentative" },
    ],
    ["a hidden count", { showCount: false }, { participantCount: null, remainingAttendeeCapacity: null }],
    ["no talk", { comments: "closed" }, { commentsEnabled: false, repliesModerationOption: "closed" }],
    ["a price", { facts: { price: { amount: 5, currency: "EUR" } } }, { feeAmount: 5, feeCurrency: "EUR" }],
    ["a short name", { name: "Ö" }, { name: "Ö.." }],
    ["a place that is kept back", { placeDisclosure: "accepted", onlineDisclosure: "accepted" }, { onlineLink: null }],
  ])("says %s", async (_, change, expected) => {
    const at = await make(change);
    const { json } = await read(uri(at));
    expect(json).toMatchObject(expected);
    if ("placeDisclosure" in change) expect(JSON.stringify(json)).not.toMatch(/quai|Maison|talk\.example|Nantes/);
  });
});

describe("what is gone, or not for everybody", () => {
  const bodies = () => peers.flatMap(({ inbox }) => inbox.map(({ body }) => body)).join("\n");
  const collections = async () => {
    const { json } = await read(ann);
    const addresses = [json.outbox, json.featured, json.upcomingEvents].map(String);
    const pages = ["?cursor=", "?page=1", ""].flatMap((page) => addresses.map((address) => `${address}${page}`));
    return JSON.stringify(await Promise.all(pages.map(async (page) => (await read(page)).json)));
  };

  it("finds a public event in outbox, featured and upcomingEvents: as an address where Mastodon wants one", async () => {
    const id = await make({ startWall: "2029-01-01T10:00:00", endWall: null });
    const { json } = await read(`${ann}/featured`);
    expect((json.orderedItems as string[])[0]).toBe(uri(id));
    expect((await read(`${ann}/events?page=1`)).json.orderedItems).toContain(uri(id));
    const said = await collections();
    expect(said.split(uri(id)).length - 1).toBeGreaterThan(2);
  });

  it.each([
    ["a draft", { state: "draft" }, 404],
    ["what only its address opens", { visibility: "unlisted" }, 200],
  ])("%s is in no collection, and nobody is sent it", async (_, change, status) => {
    const id = await make({ ...change, name: `Quiet ${status}` });
    await deliver();
    expect((await read(uri(id))).status).toBe(status);
    expect(await collections()).not.toContain(id);
    expect(bodies()).not.toContain(id);
    for (const part of ["replies", "attendees", "context"])
      expect([part, (await read(`${uri(id)}/${part}`)).status]).toEqual([part, status]);
  });

  it.each([
    ["deleted", (id: string) => deleteEvent(db(), operator, id)],
    [
      "hidden by the host",
      (id: string) => db().update(schema.events).set({ hiddenAt: new Date() }).where(eq(schema.events.id, id)),
    ],
  ])(
    "was public and is %s: 410 first, then Delete with a Tombstone; its words are nowhere any more",
    async (_, end) => {
      const id = await make({ name: "Short-lived", content: "Words that go" });
      await deliver();
      const create = peers[0]!.inbox.find(of(id))!.activity;
      expect((await read(create.id as string)).status).toBe(200);
      await end(id);
      const { status, json } = await read(uri(id));
      expect([status, json.type, json.formerType, json.id]).toEqual([410, "Tombstone", "Event", uri(id)]);
      await tellEvent(db(), id);
      await deliver();
      for (const peer of peers) {
        const last = peer.inbox.filter(of(id)).at(-1)!;
        expect(last.activity).toMatchObject({ type: "Delete", actor: ann, object: { type: "Tombstone", id: uri(id) } });
        expect([await isSigned(last), await isProven(last.activity)]).toEqual([true, true]);
      }
      const once = await read(create.id as string);
      expect(once.status).toBe(410);
      expect(JSON.stringify(once.json)).not.toMatch(/Words that go/);
      expect(await collections()).not.toContain(id);
    },
  );
});

describe("somebody who takes part from elsewhere", () => {
  it("has an organiser's message and the end of an event in a note to them alone; only what the page shows is for all", async () => {
    const id = await make({ name: "Told apart" });
    const [near, far] = peers as [Peer, Peer];
    const person = near.actor("vera");
    await near.send(`${served.origin}/inbox`, near.activity(person, "Join", uri(id)));
    await deliver();
    const notes = (peer: Peer) =>
      peer
        .received("Create")
        .map(({ object }) => object as Json)
        .filter(({ type, inReplyTo }) => type === "Note" && inReplyTo === uri(id));
    const viewer: AccountViewer = { kind: "account", accountId: newId(), role: "member", actorIds: [organizerId] };
    const message = { content: "The door code is <4711>.", audience: "accepted", shown: false } as const;
    const [secret, open] = [newId(), newId()];
    await announce(db(), viewer, id, secret, { ...message, name: "For you" });
    await announce(db(), viewer, id, open, { ...message, name: "For all", content: "Bring a lamp.", shown: true });
    for (const one of [secret, open, open]) await tellAnnouncement(db(), one);
    await deliver();
    expect(notes(near).map(({ to, isAnnouncement }) => [to, isAnnouncement])).toEqual([
      [[person], true],
      [[publicly], true],
      [[person], true],
    ]);
    expect(notes(near)[0]!.content).toMatch(/@vera.*For you.*The door code is &lt;4711&gt;\./s);
    expect(notes(far).map(({ content }) => content)).toEqual([expect.stringMatching(/For all.*Bring a lamp/s)]);

    await deleteEvent(db(), operator, id);
    await tellEvent(db(), id);
    await deliver();
    expect(notes(near).at(-1)).toMatchObject({ to: [person], cc: [], content: expect.stringMatching(/Told apart/) });
    expect(notes(far)).toHaveLength(1);
  });
});

it("tells a server once of what is for everybody, however many of its people take part", async () => {
  const peer = peers[0]!;
  const id = await make();
  await deliver();
  const names = ["uma", "vic", "wim"].map((name) => peer.actor(name, {}, peer.uri("bob")));
  await Promise.all(names.map((one) => peer.send(`${served.origin}/inbox`, peer.activity(one, "Join", uri(id)))));
  await updateEvent(db(), operator, id, { name: "Repair café, twice" });
  await tellEvent(db(), id);
  await deliver();
  const told = peer.inbox.filter(of(id)).filter(({ activity }) => activity.type === "Update");
  expect(told.map(({ path }) => path)).toEqual(["/inbox"]);
});
