import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { createActor } from "#lib/actor/commands.ts";
import { createEvent } from "#lib/event/commands.ts";
import { newId } from "#lib/ids.ts";
import { operator } from "#lib/policy/viewer.ts";
import { hostOf } from "./addresses.ts";
import { checkCoverage } from "./guard/signature.ts";
import { judgePeer } from "./peers/judgement.ts";
import { standingOf } from "./peers/queries.ts";
import { type Json, Peer } from "./testing/peer.ts";
import { type Served, serveFederation } from "./testing/server.ts";

let served: Served;
let peer: Peer;
let other: Peer;
let inbox: string;
let ann: string;
let event: string;
const { follows, participations, events } = schema;
const db = () => served.base.db;

beforeAll(async () => {
  [peer, other] = [await new Peer().start(), await new Peer().start()];
  served = await serveFederation(() => [peer.host, other.host]);
  const { id } = await createActor(db(), operator, { handle: "ann", name: "Ann" });
  ann = `${served.origin}/@ann`;
  inbox = `${ann}/inbox`;
  const eventId = await createEvent(db(), operator, id, {
    name: "Repair café",
    state: "published",
    startWall: "2030-12-05T19:00:00",
    timezone: "Europe/Paris",
  } as never);
  event = `${served.origin}/events/${eventId}`;
  for (const name of ["eve", "victim"]) peer.actor(name);
  other.actor("mallory");
});
afterAll(async () => {
  await served.stop();
  await Promise.all([peer.stop(), other.stop()]);
});

/** Everything that an activity could change. */
const effects = async () =>
  JSON.stringify([
    await db().$count(follows),
    await db().$count(participations),
    await db().$count(events),
    await db().$count(schema.receivedActivities),
  ]);
const eve = () => peer.uri("eve");
const follow = (more: Json = {}): Json => ({ ...peer.activity(eve(), "Follow", ann), ...more });

describe("the guard before the inbox", () => {
  type Case = [string, number, () => Promise<Response>];
  const big = () => ({ ...follow(), padding: "x".repeat(300_000) });
  const deep = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);
  const cases: Case[] = [
    ["GET", 405, () => fetch(inbox)],
    ["an inbox that there is not", 404, () => peer.send(`${served.origin}/@nobody/inbox`, follow())],
    [
      "the same without a signature",
      404,
      () => peer.send(`${served.origin}/@nobody/inbox`, follow(), { change: { signature: null } }),
    ],
    [
      "a form",
      415,
      () => peer.send(inbox, follow(), { change: { "content-type": "application/x-www-form-urlencoded" } }),
    ],
    ["a compressed body", 415, () => peer.send(inbox, follow(), { change: { "content-encoding": "gzip" } })],
    ["more than 256 KiB", 413, () => peer.send(inbox, big())],
    ["no signature", 401, () => peer.send(inbox, follow(), { change: { signature: null } })],
    ["no digest", 401, () => peer.send(inbox, follow(), { change: { digest: null } })],
    [
      "another body's digest",
      401,
      () => peer.send(inbox, follow(), { change: { digest: `SHA-256=${Buffer.alloc(32).toString("base64")}` } }),
    ],
    ["a signature of yesterday", 401, () => peer.send(inbox, follow(), { date: new Date(Date.now() - 86_400_000) })],
    ["a signature of tomorrow", 401, () => peer.send(inbox, follow(), { date: new Date(Date.now() + 86_400_000) })],
    [
      "a key at an address without TLS that is no peer of the tests",
      401,
      () =>
        peer.send(inbox, follow(), {
          change: { signature: 'keyId="http://a.example/k",headers="digest",signature="eA=="' },
        }),
    ],
    [
      "a signature that is none",
      401,
      () =>
        peer.send(inbox, follow(), {
          change: {
            signature: `keyId="${eve()}#main-key",headers="(request-target) host date digest",signature="eA=="`,
          },
        }),
    ],
    ["text", 400, () => peer.send(inbox, "Follow!", { signer: eve() })],
    ["a list", 400, () => peer.send(inbox, "[]", { signer: eve() })],
    [
      "bytes that are no UTF-8",
      400,
      () => peer.send(inbox, Buffer.from([0x7b, 0xff, 0x7d]).toString("latin1"), { signer: eve() }),
    ],
    ["nesting", 400, () => peer.send(inbox, { ...follow(), x: deep(30) })],
    ["ten thousand values", 400, () => peer.send(inbox, { ...follow(), x: Array.from({ length: 10_000 }, () => 1) })],
    ["a list of 201", 400, () => peer.send(inbox, { ...follow(), to: Array.from({ length: 201 }, () => ann) })],
    ["no id", 400, () => peer.send(inbox, { ...follow(), id: undefined } as never)],
    ["an id that is an object", 400, () => peer.send(inbox, follow({ id: { id: "x" } }))],
    ["an id of another origin", 400, () => peer.send(inbox, follow({ id: `${other.origin}/activities/1` }))],
    ["an actor that is no address", 400, () => peer.send(inbox, follow({ actor: "eve" }), { signer: eve() })],
    [
      "a context that renames the object",
      400,
      () =>
        peer.send(inbox, follow({ "@context": ["https://www.w3.org/ns/activitystreams", { object: "as:target" }] })),
    ],
    [
      "a context that gives the actor another name",
      400,
      () =>
        peer.send(inbox, follow({ "@context": ["https://www.w3.org/ns/activitystreams", { impostor: "as:actor" }] })),
    ],
    [
      "eleven contexts",
      400,
      () =>
        peer.send(
          inbox,
          follow({ "@context": Array.from({ length: 11 }, () => "https://www.w3.org/ns/activitystreams") }),
        ),
    ],
    [
      "somebody else's name",
      401,
      () => peer.send(inbox, { ...peer.activity(peer.uri("victim"), "Follow", ann) }, { signer: eve() }),
    ],
    [
      "another server's name",
      400,
      () =>
        other.send(
          inbox,
          peer.activity(eve(), "Follow", ann) && {
            ...other.activity(other.uri("mallory"), "Follow", ann),
            actor: eve(),
          },
          { signer: other.uri("mallory") },
        ),
    ],
  ];
  it.each(cases)("%s: %d, and nothing follows from it", async (_, status, send) => {
    const before = await effects();
    const answer = await send();
    expect([answer.status, await effects()]).toEqual([status, before]);
  });

  it("believes a signature of RFC 9421 what it covers by itself, not what is written beside it", () => {
    const covers = '("@method" "@target-uri" "content-digest")';
    const named = ';created=1;keyid="https://a.example/k";tag="a, \\"b\\""';
    const check = (input: string) => () => checkCoverage(new Headers({ signature: "x", "signature-input": input }));
    expect(check(`sig1=${covers}${named}`)).not.toThrow();
    for (const input of [
      `sig1=("@method" "@target-uri")${named}, sig2=${covers}`,
      `sig1=("@method" "@target-uri")${named};alg="content-digest"`,
      `sig1=("@method" "@target-uri" "content-digest";req)${named}`,
      `sig1=("@method" "x\\"content-digest" "@target-uri")${named}`,
      `${covers}${named}`,
    ])
      expect(check(input), input).toThrow("digest not signed");
  });

  it("lets the same pass when it is right, once", async () => {
    const good = follow();
    const before = await db().$count(follows);
    expect((await peer.send(inbox, good)).status).toBe(202);
    expect((await peer.send(inbox, good)).status).toBe(202);
    expect(await db().$count(follows)).toBe(before + 1);
  });

  it.each([
    ["Like", () => peer.activity(eve(), "Like", event)],
    ["EmojiReact", () => ({ ...peer.activity(eve(), "EmojiReact", event), content: "🎉" })],
    ["a type that nobody knows", () => peer.activity(eve(), "https://somewhere.example/TentativeJoin", event)],
    ["a relative type that nobody knows", () => peer.activity(eve(), "Frobnicate", event)],
    [
      "an unknown context",
      () => ({ ...follow(), "@context": ["https://www.w3.org/ns/activitystreams", "https://unknown.example/context"] }),
    ],
    ["a Flag", () => peer.activity(eve(), "Flag", [ann, event])],
    [
      "an Event without a start",
      () => peer.activity(eve(), "Create", { type: "Event", id: `${peer.origin}/e/1`, name: "x", to: [ann] }),
    ],
    ["a Join of what is not ours", () => peer.activity(eve(), "Join", `${other.origin}/events/${newId()}`)],
    ["a Join of what there is not", () => peer.activity(eve(), "Join", `${served.origin}/events/${newId()}`)],
  ])("takes %s and does nothing for it", async (_, activity) => {
    const answer = await peer.send(inbox, activity() as Json);
    expect([202, 400]).toContain(answer.status);
    expect(answer.status < 500).toBe(true);
  });

  it("asks a sender's server for their key and document once, not with each activity", async () => {
    const count = () => peer.asked.filter((line) => line.startsWith("GET /users/ida")).length;
    const ida = peer.actor("ida");
    for (let at = 0; at < 3; at++) await peer.send(inbox, peer.activity(ida, "Follow", ann));
    const asked = count();
    for (let at = 0; at < 5; at++) await peer.send(inbox, peer.activity(ida, "Follow", ann));
    expect([asked > 0 && asked <= 3, count()]).toEqual([true, asked]);
  });

  it("asks nobody for a context, and no private address for a key", async () => {
    expect(other.asked.filter((line) => line.includes("context"))).toEqual([]);
    const before = await effects();
    const hidden = await peer.send(inbox, follow(), {
      change: {
        signature: 'keyId="https://127.0.0.1:1/key",headers="(request-target) host date digest",signature="eA=="',
      },
    });
    expect([hidden.status >= 400 && hidden.status < 500, await effects()]).toEqual([true, before]);
  });

  it("believes nobody who names a key document on their own server as another's", async () => {
    // A key that names the victim as its owner, kept where the victim's server is not.
    const thief = other.uri("mallory");
    const document = other.documents.get("/users/mallory") as Json;
    other.documents.set("/users/mallory", {
      ...document,
      publicKey: { ...(document.publicKey as Json), owner: eve() },
    });
    const before = await effects();
    const answer = await other.send(inbox, peer.activity(eve(), "Follow", ann), { signer: thief });
    expect([answer.status >= 400 && answer.status < 500, await effects()]).toEqual([true, before]);
    other.documents.set("/users/mallory", document);
  });

  it("blocks a domain and its true sub-domains, and no namesake", async () => {
    await judgePeer(db(), operator, { host: "blocked.example", standing: "suspended" });
    const standing = (host: string) => standingOf(db(), host);
    expect(["https://Blocked.Example./users/x", "https://blocked.example.:8443/"].map(hostOf)).toEqual([
      "blocked.example",
      "blocked.example:8443",
    ]);
    expect(
      await Promise.all(
        ["blocked.example", "a.b.blocked.example", "notblocked.example", "example", "blocked.example.org"].map(
          standing,
        ),
      ),
    ).toEqual(["suspended", "suspended", "open", "open", "open"]);
    await judgePeer(db(), operator, { host: peer.host, standing: "suspended" });
    const before = await effects();
    expect([(await peer.send(inbox, follow())).status, await effects()]).toEqual([403, before]);
    await judgePeer(db(), operator, { host: peer.host, standing: "open" });
    expect((await peer.send(inbox, follow())).status).toBe(202);
  });
});
