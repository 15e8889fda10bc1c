import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { makeEvent } from "#lib/participation/testing.ts";
import { type Json, Peer } from "../testing/peer.ts";
import { type Served, serveFederation } from "../testing/server.ts";
import { readForwarded } from "./linked.ts";

const { actors, comments, participations } = schema;
const streams = "https://www.w3.org/ns/activitystreams";
const publicly = `${streams}#Public`;

let served: Served;
let good: Peer;
let evil: Peer;
let gus: string;
let eve: string;
let eventId: string;
const db = () => served.base.db;
const uri = () => `${served.origin}/events/${eventId}`;

beforeAll(async () => {
  [good, evil] = [await new Peer().start(), await new Peer().start()];
  served = await serveFederation(() => [good.host, evil.host]);
  const ann = await person(db(), "ann");
  [gus, eve] = [good.actor("gus"), evil.actor("eve")];
  eventId = (await makeEvent(db(), { organizerId: ann.actor.id, publishedAt: new Date() })).id;
});
afterAll(async () => {
  await served.stop();
  await Promise.all([good.stop(), evil.stop()]);
});

let count = 0;
/** A reply of gus, as his own server shows it. */
function note(content: string): Json {
  const path = `/notes/${++count}`;
  const id = `${good.origin}${path}`;
  const said = { id, type: "Note", attributedTo: gus, inReplyTo: uri(), to: [publicly], content };
  good.documents.set(path, { "@context": streams, ...said });
  return said;
}
/** Eve sends what gus has signed, in words of hers. */
const pass = async (activity: Json) => (await evil.send(`${served.origin}/inbox`, activity, { signer: eve })).status;
/** Does what is ordered, and returns how much that was. */
async function work(): Promise<number> {
  const orders = await db().execute<{ uri: string }>(
    sql`delete from pgboss.job where name = 'passed-on' returning data->>'uri' as uri`,
  );
  for (const { uri } of orders) await readForwarded(db(), uri);
  return orders.length;
}
const wordsOf = async (id: unknown) =>
  (
    await db()
      .select()
      .from(comments)
      .where(eq(comments.uri, String(id)))
  )[0]?.content;

describe("what somebody passes on with a linked-data signature of its author", () => {
  it("is a reply: read once, where it comes from and later, whatever is said of it on the way; so is its end", async () => {
    const said = note("May I bring two?");
    const create = good.activity(gus, "Create", said, { to: [publicly], "@context": [streams] });
    const { signature } = good.link(create, gus);
    const renamed = [streams, { content: null, c: "as:content" }];
    const twisted = { ...said, "@context": renamed, c: said.content, content: "EVIL" };
    expect(await pass({ ...create, object: twisted, signature })).toBe(202);
    expect(await wordsOf(said.id)).toBeUndefined();
    expect(await pass({ ...create, object: twisted, signature })).toBe(202);
    expect(await work()).toBe(1);
    expect(await wordsOf(said.id)).toContain("May I bring two?");
    const end = good.activity(gus, "Delete", { id: said.id, type: "Tombstone" }, { to: [publicly] });
    const linked = good.link(end, gus);
    await pass(linked);
    await work();
    expect(await wordsOf(said.id)).toContain("May I bring two?");
    good.documents.set(`/notes/${count}`, 410);
    expect(await pass(linked)).toBe(202);
    await work();
    expect(await wordsOf(said.id)).toBe("");
  });

  it("does nothing else: no kind under another name, no change of who somebody is, no end of anybody", async () => {
    const { status } = await good.send(`${served.origin}/inbox`, good.activity(gus, "Follow", `${served.origin}/@ann`));
    expect(status).toBe(202);
    const boost = good.link(good.activity(gus, "Announce", uri(), { to: [publicly] }), gus);
    await pass({ ...boost, type: "Join", "@context": [boost["@context"], { Join: "as:Announce" }].flat() });
    const self = { id: gus, type: "Person", name: "Gus" };
    const change = good.link(good.activity(gus, "Update", self, { to: [publicly] }), gus);
    await pass({ ...change, object: { ...self, name: "EVIL" } });
    await pass({
      ...change,
      type: "Delete",
      object: gus,
      "@context": [change["@context"], { Delete: "as:Update" }].flat(),
    });
    await work();
    expect(await db().$count(participations)).toBe(0);
    const [row] = await db().select().from(actors).where(eq(actors.uri, gus));
    expect([row!.name, row!.deletedAt]).toEqual([expect.not.stringContaining("EVIL"), null]);
  });
});

describe("what its author sends with a linked-data signature", () => {
  it("is taken by the signature of the request", async () => {
    const said = note("I am there.");
    const linked = good.link(good.activity(gus, "Create", said, { to: [publicly] }), gus);
    expect((await good.send(`${served.origin}/inbox`, linked)).status).toBe(202);
    expect(await wordsOf(said.id)).toContain("I am there.");
  });
});

describe("an inbox with a query", () => {
  const to = () => `${served.origin}/inbox?via=a%20b`;
  const follow = () => good.activity(gus, "Follow", `${served.origin}/@ann`);

  it("takes what is signed for it, with its query or without", async () => {
    expect((await good.send(to(), follow())).status).toBe(202);
    expect((await good.send(to(), follow(), { meant: `${served.origin}/inbox` })).status).toBe(202);
  });

  it.each([
    ["by another", () => ({ signer: eve })],
    ["by another in their name", () => ({ signer: eve, keyId: `${gus}#main-key` })],
    ["for another query", () => ({ meant: `${served.origin}/inbox?via=c` })],
    ["for another server", () => ({ meant: `${evil.origin}/inbox?via=a%20b` })],
    ["without the digest", () => ({ covered: ["(request-target)", "host", "date"] })],
    ["without the path", () => ({ covered: ["host", "date", "digest"] })],
    ["with another digest", () => ({ change: { digest: `SHA-256=${Buffer.alloc(32).toString("base64")}` } })],
  ])("takes nothing that is signed %s", async (_, how) => {
    const { signer } = how() as { signer?: string };
    const peer = signer === eve ? evil : good;
    expect((await peer.send(to(), follow(), how())).status).toBe(401);
  });
});

describe("a signature that cannot be read", () => {
  it.each(["Like", "Follow", "Create"])("is none, also on a %s", async (type) => {
    const activity = good.activity(gus, type, uri(), { to: [publicly] });
    const signature = `keyId="${gus}#main-key",algorithm="rsa-sha256",headers="(request-target) host date digest",signature="@@@@"`;
    const { status } = await good.send(`${served.origin}/inbox`, activity, {
      change: { signature },
    });
    expect(status).toBe(401);
  });
});

describe("a value that no column holds", () => {
  it.each([
    ["a NUL in an id", { id: "a\0b" }],
    ["a NUL within", { location: ["a\0b"] }],
    ["a language that is none", { inLanguage: "a\0" }],
    ["a number without end", { participantCount: 1e308 }],
    ["a number beyond", { participantCount: 3e9 }],
  ])("is never our fault to the sender: %s", async (_, change) => {
    const event = {
      id: `${good.origin}/e/${++count}`,
      type: "Event",
      attributedTo: gus,
      name: "E",
      startTime: "2030-01-01T10:00:00Z",
      to: [publicly],
    };
    const create = good.activity(gus, "Create", { ...event, ...change }, { to: [`${served.origin}/@ann`] });
    expect((await good.send(`${served.origin}/inbox`, create)).status).toBeLessThan(500);
    expect(await db().$count(schema.events, sql`uri like ${`${good.origin}%`} and name = 'EVIL'`)).toBe(0);
  });

  it("is a time of a signature that asks to read: whoever sends it is a stranger", async () => {
    const signature = `keyId="${gus}#main-key",headers="(created) host date",created=99999999999999,signature="YWJj"`;
    const headers = { accept: "application/activity+json", date: new Date().toUTCString(), signature };
    expect((await fetch(uri(), { headers })).status).toBe(200);
    expect((await fetch(`${served.origin}/@ann/followers`, { headers })).status).toBeLessThan(500);
  });
});
