import { Object as AS, type Person } from "@fedify/vocab";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { createActor } from "#lib/actor/commands.ts";
import { cancelEvent, createEvent, deleteEvent, updateEvent } from "#lib/event/commands.ts";
import { tellChanges } from "#lib/notification/commands.ts";
import { decideParticipation } from "#lib/participation/decision/commands.ts";
import { operator } from "#lib/policy/viewer.ts";
import { loadContext } from "./contexts.ts";
import { answerParticipations } from "./outbox/answers.ts";
import { deliverTo } from "./outbox/delivery.ts";
import { tellEvent } from "./outbox/event.ts";
import { tellChange } from "./outbox/note.ts";
import { isProven, isSigned, type Json, Peer, read } from "./testing/peer.ts";
import { type Served, serveFederation } from "./testing/server.ts";

let served: Served;
let peer: Peer;
let ann: string;
let organizerId: string;
const { events, follows, participations } = schema;
const db = () => served.base.db;
const deliver = () => deliverTo(db(), peer.host);

const input = {
  name: "Repair café",
  content: "Bring what is **broken**.",
  state: "published" as const,
  startWall: "2030-12-05T19:00:00",
  endWall: "2030-12-05T22:00:00",
  timezone: "Europe/Paris",
  language: "en",
  place: {
    name: "Maison des associations",
    streetAddress: "1 quai X",
    postalCode: "44000",
    addressLocality: "Nantes",
    addressCountry: "France",
    latitude: 47,
    longitude: -1.5534,
  },
  tags: ["repair"],
  category: "DIY_MAKER_SPACES" as never,
  maximumAttendeeCapacity: 2,
};
const make = (change: object = {}) => createEvent(db(), operator, organizerId, { ...input, ...change } as never);
const seats = async (id: string) => (await db().select().from(events).where(eq(events.id, id)))[0]!.seatsTaken;
const uri = (id: string) => `${served.origin}/events/${id}`;

beforeAll(async () => {
  peer = await new Peer().start();
  served = await serveFederation(() => [peer.host]);
  organizerId = (await createActor(db(), operator, { handle: "ann", name: "Ann" })).id;
  ann = `${served.origin}/@ann`;
});
afterAll(async () => {
  await served.stop();
  await peer.stop();
});

describe("who we are", () => {
  it("is found by WebFinger, with a link to a document that says the same", async () => {
    const host = new URL(served.origin).host;
    const answer = await fetch(`${served.origin}/.well-known/webfinger?resource=acct:ann@${host}`);
    const jrd = (await answer.json()) as { subject: string; links: Json[] };
    expect([answer.status, jrd.subject]).toEqual([200, `acct:ann@${host}`]);
    const self = jrd.links.find(({ rel }) => rel === "self")!;
    const { json } = await read(self.href as string);
    expect([json.id, json.preferredUsername, json.type]).toEqual([ann, "ann", "Person"]);
    const status = async (resource: string) =>
      (await fetch(`${served.origin}/.well-known/webfinger?resource=${encodeURIComponent(resource)}`)).status;
    expect([
      await status(`acct:nobody@${host}`),
      await status("acct:ann@elsewhere.example"),
      await status(""),
      await status(`acct:relay@${host}`),
      await status(`${served.origin}/`),
    ]).toEqual([404, 404, 400, 200, 200]);
  });

  it("has an actor with inbox, outbox, shared inbox and both keys, as has the instance", async () => {
    for (const id of [ann, `${served.origin}/actor`]) {
      const { json, headers } = await read(id);
      expect(json.id).toBe(id);
      expect(json).toMatchObject({
        inbox: expect.stringMatching(/\/inbox$/),
        outbox: expect.stringMatching(/\/outbox$/),
        endpoints: { sharedInbox: `${served.origin}/inbox` },
        publicKey: { owner: id, publicKeyPem: expect.stringMatching(/^-----BEGIN PUBLIC KEY-----/) },
        assertionMethod: [{ controller: id, publicKeyMultibase: expect.stringMatching(/^z6Mk/) }],
      });
      expect(headers.get("vary")).toMatch(/accept/i);
      expect((await read(id, { accept: "Application/Activity+JSON" })).json.id).toBe(id);
      // Who reads linked data finds them as well.
      const seen = await AS.fromJsonLd(json, { contextLoader: loadContext, documentLoader: loadContext });
      const methods: unknown[] = [];
      for await (const key of (seen as Person).getAssertionMethods({ contextLoader: loadContext })) methods.push(key);
      expect([methods.length, (await (seen as Person).getPublicKey())?.id?.href]).toEqual([1, `${id}#main-key`]);
      for (const part of ["outbox", "followers", "following", "featured", "upcomingEvents"])
        expect([part, (await read(json[part] as string)).status]).toEqual([part, 200]);
    }
    expect((await read(`${served.origin}/@nobody`)).status).toBe(404);
  });

  it("keeps private keys sealed: neither half of a key stands in the database as it is", async () => {
    const [row] = await db().execute<{ dump: string }>(
      sql`select string_agg(encode(private_key, 'escape'), '') dump from actor_keys`,
    );
    expect(row!.dump.length).toBeGreaterThan(500);
    expect(row!.dump).not.toMatch(/"d"|kty/);
  });

  it("says NodeInfo 2.1 as Mobilizon reads it", async () => {
    const links = await fetch(`${served.origin}/.well-known/nodeinfo`);
    expect(links.headers.get("content-type")).toBe("application/json");
    const { href } = ((await links.json()) as { links: { href: string }[] }).links[0]!;
    const info = (await (await fetch(href)).json()) as Json;
    expect(info).toMatchObject({ version: "2.1", software: { name: "parvis" }, protocols: ["activitypub"] });
  });
});

describe("somebody who follows from elsewhere", () => {
  it("is accepted with the Follow inside, counted, and told of a new event by one Create that equals the page's", async () => {
    const bob = peer.actor("bob");
    const follow = peer.activity(bob, "Follow", ann);
    expect((await peer.send(`${ann}/inbox`, follow)).status).toBe(202);
    await deliver();
    const [accept] = peer.received("Accept");
    expect(accept).toMatchObject({ actor: ann, object: { type: "Follow", id: follow.id, actor: bob, object: ann } });
    expect((await read(`${ann}/followers`)).json.totalItems).toBe(1);

    const id = await make();
    await tellEvent(db(), id);
    await tellEvent(db(), id);
    await deliver();
    const creates = peer.received("Create");
    expect(creates).toHaveLength(1);
    const { "@context": context, ...object } = (await read(uri(id))).json;
    expect(creates[0]!.object).toEqual(object);
    expect(creates[0]!["@context"]).toEqual(context);
    expect(object).toMatchObject({
      type: "Event",
      name: "Repair café",
      startTime: "2030-12-05T19:00:00+01:00",
      endTime: "2030-12-05T22:00:00+01:00",
      timezone: "Europe/Paris",
      attributedTo: ann,
      joinMode: "free",
      maximumAttendeeCapacity: 2,
      location: { type: "Place", latitude: 47.0000001, address: { type: "PostalAddress", addressLocality: "Nantes" } },
    });
    for (const list of ["attachment", "tag", "to", "cc", "contacts"]) expect(object[list], list).toBeInstanceOf(Array);
    expect(object.summary).toMatch(/5 December 2030, 19:00–22:00 \(Europe\/Paris\), Maison des associations/);
    expect(
      (await read(`${ann}/outbox?cursor=`)).json.orderedItems ?? (await read(`${ann}/outbox?cursor=`)).json.items,
    ).toBeTruthy();
  });

  it("gets each activity with a true HTTP signature and a true object proof, and can read it at its address", async () => {
    expect(peer.inbox.length).toBeGreaterThan(1);
    for (const delivered of peer.inbox) {
      expect(await isSigned(delivered)).toBe(true);
      expect(await isProven(delivered.activity)).toBe(true);
    }
    const create = peer.inbox.find(({ activity }) => activity.type === "Create")!;
    expect(await isSigned({ ...create, body: create.body.replace("Repair", "Despair") })).toBe(false);
    expect(await isProven({ ...create.activity, published: "2020-01-01T00:00:00Z" })).toBe(false);
    expect(create.activity.signature).toMatchObject({ type: "RsaSignature2017" });
    expect((await read(create.activity.id as string)).json).toEqual(create.activity);
  });

  it("is told of a new date by an Update and a Note, of the cancellation by both, and of the end by a Tombstone", async () => {
    const id = await make({ name: "Moving feast" });
    await tellEvent(db(), id);
    await updateEvent(db(), operator, id, { startWall: "2030-12-06T19:00:00", endWall: "2030-12-06T22:00:00" });
    const [notice] = await db().select().from(schema.eventNotices).where(eq(schema.eventNotices.eventId, id));
    await tellEvent(db(), id);
    await tellChanges(db(), notice!.id);
    await tellChange(db(), notice!.id);
    await deliver();
    const mine = (type: string) => peer.received(type).filter(({ object }) => (object as Json).id === uri(id));
    const [create] = mine("Create");
    const [update] = mine("Update");
    const changed = update!.object as Json;
    expect(changed).toMatchObject({
      startTime: "2030-12-06T19:00:00+01:00",
      eventStatus: "EventRescheduled",
      previousStartTime: "2030-12-05T19:00:00+01:00",
    });
    expect(Date.parse(changed.updated as string)).toBeGreaterThan(
      Date.parse((create!.object as Json).updated as string),
    );
    expect(update!.id).not.toBe(create!.id);
    const note = () =>
      peer
        .received("Create")
        .map(({ object }) => object as Json)
        .filter((object) => object.type === "Note" && object.inReplyTo === uri(id));
    expect(note()[0]!.content).toMatch(/6 December 2030.*5 December 2030/);

    await cancelEvent(db(), operator, id, "The roof leaks.");
    await tellEvent(db(), id);
    await deliver();
    expect(mine("Update").at(-1)!.object).toMatchObject({ status: "CANCELLED", eventStatus: "EventCancelled" });
    expect(((mine("Update").at(-1)!.object as Json).summary as string).startsWith("CANCELLED")).toBe(true);
    expect(note().at(-1)!.content).toMatch(/Called off: Moving feast.*The roof leaks/);
    expect((await read(uri(id))).status).toBe(200);

    await deleteEvent(db(), operator, id);
    await tellEvent(db(), id);
    const gone = await read(uri(id));
    expect([gone.status, gone.json.type]).toEqual([410, "Tombstone"]);
    await deliver();
    expect(mine("Delete")[0]!.object).toMatchObject({ type: "Tombstone", formerType: "Event" });
  });

  it("hears nothing of drafts and of what only its address opens, and finds them in no collection", async () => {
    const before = peer.inbox.length;
    const draft = await make({ state: "draft" });
    const unlisted = await make({ visibility: "unlisted" });
    for (const id of [draft, unlisted]) await tellEvent(db(), id);
    await deliver();
    expect(peer.inbox.slice(before).filter(({ activity }) => activity.type === "Create")).toEqual([]);
    expect([(await read(uri(draft))).status, (await read(uri(unlisted))).status]).toEqual([404, 200]);
    const listed = JSON.stringify((await read(`${ann}/events?page=1`)).json);
    expect([listed.includes(draft), listed.includes(unlisted)]).toEqual([false, false]);
  });

  it("ends it by Undo, also as snac says it: with an id of ours", async () => {
    const cid = peer.actor("cid");
    await peer.send(`${ann}/inbox`, peer.activity(cid, "Follow", ann));
    expect((await read(`${ann}/followers`)).json.totalItems).toBe(2);
    await peer.send(`${ann}/inbox`, { ...peer.activity(cid, "Undo", ann), id: `${served.origin}/whatever/1` });
    expect((await read(`${ann}/followers`)).json.totalItems).toBe(1);
    const follow = peer.activity(cid, "Follow", ann);
    await peer.send(`${ann}/inbox`, follow);
    await peer.send(`${ann}/inbox`, peer.activity(peer.uri("bob"), "Undo", follow));
    expect(await db().$count(follows)).toBe(1);
    await peer.send(`${ann}/inbox`, peer.activity(cid, "Undo", follow));
    expect(await db().$count(follows)).toBe(0);
    // However their ids begin, each is answered with itself inside.
    const ids = ["first", "second"].map((end) => `${cid}/${"follows/".repeat(25)}${end}`);
    for (const id of ids) {
      await peer.send(`${ann}/inbox`, { ...peer.activity(cid, "Follow", ann), id });
      await peer.send(`${ann}/inbox`, peer.activity(cid, "Undo", { type: "Follow", id, actor: cid, object: ann }));
    }
    await deliverTo(db(), peer.host);
    const answered = peer.received("Accept").map(({ object }) => (object as Json).id);
    expect(answered.filter((id) => ids.includes(String(id)))).toEqual(ids);
  });
});

describe("somebody who takes part from elsewhere", () => {
  const join = async (name: string, id: string) => {
    const actor = peer.actor(name);
    const activity = peer.activity(actor, "Join", uri(id));
    expect((await peer.send(`${ann}/inbox`, activity)).status).toBe(202);
    await answerParticipations(db());
    await deliver();
    return { actor, activity };
  };
  const answers = (activity: Json) =>
    peer.inbox
      .map((one) => one.activity)
      .filter(({ object }) => (object as Json)?.id === activity.id || object === activity.id);

  it("gets a seat and an Accept, addressed to them alone; again the same answer and count; Leave frees it; full is refused", async () => {
    const id = await make();
    const { actor, activity } = await join("dora", id);
    expect(answers(activity)).toMatchObject([
      { type: "Accept", actor: ann, to: [actor], object: { type: "Join", id: activity.id } },
    ]);
    expect(answers(activity)[0]!.cc).toBeUndefined();
    expect(await seats(id)).toBe(1);
    await peer.send(`${ann}/inbox`, activity);
    await answerParticipations(db());
    await deliver();
    expect([answers(activity).map(({ type }) => type), await seats(id)]).toEqual([["Accept", "Accept"], 1]);
    await join("emil", id);
    const late = await join("fritz", id);
    expect(answers(late.activity)).toMatchObject([{ type: "Reject", actor: ann, to: [late.actor] }]);
    expect(await seats(id)).toBe(2);
    await peer.send(`${ann}/inbox`, peer.activity(actor, "Leave", uri(id)));
    expect(await seats(id)).toBe(1);
    const { json } = await read(uri(id));
    expect(json).toMatchObject({ participantCount: 1, remainingAttendeeCapacity: 1 });
  });

  it("waits until the organiser decides, and hears it", async () => {
    const id = await make({ joinMode: "approval" });
    const { activity } = await join("gina", id);
    expect(answers(activity)).toEqual([]);
    const [row] = await db().select().from(participations).where(eq(participations.eventId, id));
    expect(row).toMatchObject({ state: "pending", source: "join", email: null });
    await decideParticipation(db(), operator, { participationId: row!.id, decision: "approve" });
    await answerParticipations(db());
    expect(answers(activity), "it can be taken back for twelve seconds").toEqual([]);
    await db()
      .update(participations)
      .set({ decidedAt: new Date(Date.now() - 20_000) })
      .where(eq(participations.id, row!.id));
    await answerParticipations(db());
    await deliver();
    expect(answers(activity)).toMatchObject([{ type: "Accept" }]);
    expect(await seats(id)).toBe(1);
  });

  it("is led elsewhere where the seats are elsewhere, and refused where it is over or closed", async () => {
    const external = await make({ joinMode: "external", externalParticipationUrl: "https://tickets.example/" });
    const { activity } = await join("hugo", external);
    expect(answers(activity)).toMatchObject([{ type: "Ignore", object: activity.id }]);
    for (const change of [
      { joinMode: "closed" },
      { startWall: "2020-01-01T19:00:00", endWall: "2020-01-01T22:00:00" },
    ]) {
      const id = await make(change);
      expect(answers((await join("ina", id)).activity)).toMatchObject([{ type: "Reject" }]);
      expect(await seats(id)).toBe(0);
    }
  });

  it("does so in the words of Friendica and Hubzilla, and takes it back", async () => {
    const id = await make();
    const jan = peer.actor("jan");
    const yes = peer.activity(jan, "Accept", uri(id));
    await peer.send(`${ann}/inbox`, yes);
    expect(await seats(id)).toBe(1);
    await peer.send(`${ann}/inbox`, peer.activity(jan, "Undo", yes));
    expect(await seats(id)).toBe(0);
    await peer.send(`${ann}/inbox`, peer.activity(jan, "Accept", { type: "Event", id: uri(id), name: "Forged" }));
    expect(await seats(id)).toBe(1);
    await peer.send(`${ann}/inbox`, peer.activity(jan, "Reject", uri(id)));
    expect(await seats(id)).toBe(0);
  });

  it("twenty at once for two seats: two are let in", async () => {
    const id = await make();
    const many = Array.from({ length: 20 }, (_, index) => peer.actor(`many${index}`));
    await Promise.all(many.map((actor) => peer.send(`${served.origin}/inbox`, peer.activity(actor, "Join", uri(id)))));
    expect(await seats(id)).toBe(2);
    expect(await db().$count(participations, eq(participations.eventId, id))).toBe(2);
  });
});
