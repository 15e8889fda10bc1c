import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { createActor } from "#lib/actor/commands.ts";
import { createEvent } from "#lib/event/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { allowances } from "#lib/limits/allowances.ts";
import { operator } from "#lib/policy/viewer.ts";
import { resolveActor } from "./remote/actor.ts";
import { type Json, Peer, type Signing } from "./testing/peer.ts";
import { type Served, serveFederation } from "./testing/server.ts";

/** How many requests; `FUZZ=10000` tries as many as the promise says. Always the same ones. */
const runs = Number(process.env.FUZZ ?? 250);
const seed = 20_261_127;
let served: Served;
let peer: Peer;
let ann: string;
let event: string;
let club: string;
let gil: string;
let count = 0;
const inboxes = () => [`${ann}/inbox`, `${served.origin}/inbox`];

beforeAll(async () => {
  peer = await new Peer().start();
  served = await serveFederation(() => [peer.host]);
  const { id } = await createActor(served.base.db, operator, { handle: "ann", name: "Ann" });
  ann = `${served.origin}/@ann`;
  const input = { name: "Walk", state: "published", startWall: "2031-01-01T10:00:00", timezone: "UTC" } as const;
  event = `${served.origin}/events/${await createEvent(served.base.db, operator, id, input as never)}`;
  const group = await makeGroup(served.base.db, { handle: "club", openness: "open" });
  await enrol(served.base.db, group, { memberId: id, role: "administrator" });
  club = `${served.origin}/@club`;
  gil = peer.actor("gil");
  await enrol(served.base.db, group, { memberId: (await resolveActor(served.base.db, gil))!.id });
});
afterAll(async () => {
  await served.stop();
  await peer.stop();
});

const streams = "https://www.w3.org/ns/activitystreams";
const objects = (): unknown[] => {
  const id = `${peer.origin}/objects/${count}`;
  const kept = { id, name: "Minutes", actor: gil, attributedTo: club, context: `${club}/resources`, to: [club] };
  const note = { type: "Note", id, content: "<p>yes</p>", inReplyTo: event, attributedTo: gil, to: [ann], tag: [] };
  const made = { type: "Event", id, name: "Concert", startTime: "2031-01-01T10:00:00Z", attributedTo: gil, to: [ann] };
  const inner = { type: "Join", id: `${id}#join`, actor: gil, object: event };
  return [
    ann,
    event,
    note,
    made,
    inner,
    { type: "Tombstone", id },
    gil,
    { type: "Follow", id, actor: gil, object: ann },
    club,
    { type: "Member", id, actor: gil, object: club, role: "administrator" },
    { ...kept, type: "Document", url: "http://localhost:1/minutes" },
    { ...kept, type: "ResourceCollection" },
    [ann, event],
  ];
};
const types =
  "Follow Undo Join Leave Create Invite Announce Update Delete Block Accept TentativeAccept TentativeReject Reject Ignore Move Flag Like Question Add Remove".split(
    " ",
  );
const odd: unknown[] = [
  ...[
    null,
    true,
    -0,
    2 ** 53,
    1e308,
    "",
    " ",
    "\u0000",
    "\ud800",
    "𝕏".repeat(500),
    "x".repeat(5_000),
    [],
    {},
    [[]],
    [null],
  ],
  ...[
    "as:Public",
    "acct:x@y",
    "http://",
    "https://[::1",
    "javascript:alert(1)",
    "//x",
    "https://a.example/%",
    "urn:x",
    "_:b0",
  ],
  ...["2031-02-30T25:61:61Z", "2031", "-0001-01-01T00:00:00Z", "P1D", "+275760-09-13T00:00:00.001Z"],
  ...[
    { "@value": 1 },
    { "@id": "x" },
    { "@type": "@json" },
    { "@list": [] },
    { "@set": [{}] },
    { id: [] },
    { type: null },
  ],
  ...[
    { "@context": { id: "@type" } },
    { "@context": null },
    { "@graph": [] },
    { "@reverse": {} },
    { __proto__: 1, constructor: {} },
  ],
];

/** Every place in a document, as the way to it. */
const places = (value: unknown, at: (string | number)[] = []): (string | number)[][] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...places(inner, [...at, key])])
    : [];
function replaced(document: Json, at: (string | number)[], value: unknown): Json {
  const copy = structuredClone(document);
  let target = copy as Record<string | number, unknown>;
  for (const key of at.slice(0, -1)) target = target[key] as Record<string | number, unknown>;
  if (value === undefined) delete target[at.at(-1)!];
  else target[at.at(-1)!] = value;
  return copy;
}

const change = fc.record({
  place: fc.nat(),
  value: fc.oneof(fc.constantFrom(...odd, undefined), fc.jsonValue({ maxDepth: 3 })),
});
/** Once in eight times. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
const anything = fc.record({
  type: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...types) }, { weight: 1, arbitrary: fc.string() }),
  object: fc.nat(),
  changes: fc.array(change, { maxLength: 3 }),
  bytes: seldom(fc.record({ at: fc.nat(), put: fc.string({ maxLength: 4 }) })),
  header: seldom(
    fc.tuple(
      fc.constantFrom(
        "digest",
        "date",
        "signature",
        "content-type",
        "signature-input",
        "content-digest",
        "accept",
        "content-encoding",
      ),
      fc.string({ unit: "grapheme-ascii", maxLength: 60 }),
    ),
  ),
  shared: fc.boolean(),
});

describe("whatever is sent to the inbox", () => {
  it(`is answered, and never with a fault of ours (${runs} of one seed)`, async () => {
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(anything, async ({ type, object, changes, bytes, header, shared }) => {
        count++;
        served.client.address = `10.9.${count % 250}.${(count >> 8) % 250}`;
        const all = objects();
        let activity: Json = {
          ...peer.activity(gil, type, all[object % all.length], { to: [ann], target: ann, origin: club }),
          "@context": streams,
        };
        for (const { place, value } of changes) {
          const ways = places(activity);
          if (ways.length > 0) activity = replaced(activity, ways[place % ways.length]!, value);
        }
        let body = JSON.stringify(activity);
        if (bytes) body = `${body.slice(0, bytes.at % body.length)}${bytes.put}${body.slice(bytes.at % body.length)}`;
        const how: Signing = { signer: gil, ...(header ? { change: { [header[0]]: header[1].trim() } } : {}) };
        const { status } = await peer.send(inboxes()[shared ? 1 : 0]!, body, how);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        expect(status < 500, `${status} for ${body.slice(0, 500)}`).toBe(true);
      }),
      { seed, numRuns: runs, endOnFailure: true },
    );
    process.stdout.write(`Inbox, ${runs} odd requests: ${JSON.stringify(Object.fromEntries([...statuses].sort()))}\n`);
    // It is no proof if nothing ever came as far as a listener.
    expect(statuses.get(202)).toBeGreaterThan(runs / 10);
  });
});

describe("a server that is asked for its actor", () => {
  const { actors, follows } = schema;
  const plain = (name: string) => peer.documents.get(`/users/${name}`) as Json;
  const asJson = { "content-type": "application/activity+json" };
  type Answering = (document: Buffer) => Parameters<Peer["documents"]["set"]>[1];
  it.each<[string, Answering]>([
    [
      "packs it",
      (document) => (res) => res.writeHead(200, { ...asJson, "content-encoding": "gzip" }).end(gzipSync(document)),
    ],
    [
      "sends fifty megabytes in a few bytes",
      () => (res) =>
        res.writeHead(200, { ...asJson, "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(50_000_000, 32))),
    ],
    [
      "sends more than a megabyte",
      (document) => (res) => res.writeHead(200, asJson).end(Buffer.concat([Buffer.alloc(1_100_000, 32), document])),
    ],
    ["sends a page", (document) => (res) => res.writeHead(200, { "content-type": "text/html" }).end(document)],
    [
      "sends half",
      (document) => (res) =>
        void res.writeHead(200, { ...asJson, "content-length": document.length }).end(document.subarray(9)),
    ],
    ["leads round in circles", () => (res) => res.writeHead(302, { location: "/users/round" }).end()],
    [
      "drips",
      (document) => (res) => {
        res.writeHead(200, asJson);
        let at = 0;
        const drip = setInterval(() => res.write(document.subarray(at, ++at)), 1_000);
        res.once("close", () => clearInterval(drip));
      },
    ],
  ])(
    "%s: is believed nothing, within ten seconds and without swelling; and all of it when it answers plainly",
    async (name, answering) => {
      const handle = `odd${++count}`;
      const id = peer.actor(handle, {}, gil);
      const document = plain(handle);
      served.client.address = `10.8.0.${count % 250}`;
      peer.documents.set(`/users/${handle}`, answering(Buffer.from(JSON.stringify(document))));
      const known = () => served.base.db.$count(actors);
      const [before, memory, started] = [await known(), process.memoryUsage().rss, Date.now()];
      const answer = await peer.send(inboxes()[0]!, peer.activity(id, "Follow", ann));
      expect([answer.status, await known()]).toEqual([401, before]);
      const asked = () => peer.asked.filter((line) => line.endsWith(`/users/${handle}`)).length;
      const once = asked();
      expect((await peer.send(inboxes()[0]!, peer.activity(id, "Follow", ann))).status).toBe(401);
      expect([once > 0, asked()], "what could not be read is not asked for at once again").toEqual([true, once]);
      expect([Date.now() - started < 12_000, process.memoryUsage().rss - memory < 60_000_000], name).toEqual([
        true,
        true,
      ]);
      // Nothing of it is remembered against somebody else of that server.
      const other = peer.actor(`even${count}`, {}, gil);
      const twin = await peer.send(inboxes()[0]!, peer.activity(other, "Follow", ann));
      expect([twin.status, (await served.base.db.$count(follows)) > 0]).toEqual([202, true]);
    },
  );
});

describe("a flood", () => {
  it("is told to wait, by the address that it comes from, while others are let in", async () => {
    const [{ count: most }] = allowances.inbox.windows;
    served.client.address = "10.7.0.1";
    const unsigned = () => peer.send(inboxes()[0]!, peer.activity(gil, "Like", event), { change: { signature: null } });
    const answers: Response[] = [];
    for (let at = 0; at < most + 5; at += 61)
      answers.push(...(await Promise.all(Array.from({ length: 61 }, unsigned))));
    const told = answers.filter(({ status }) => status === 429);
    expect([answers.length - told.length, Number(told[0]!.headers.get("retry-after")) > 0]).toEqual([most, true]);
    served.client.address = "10.7.0.2";
    expect((await peer.send(inboxes()[0]!, peer.activity(gil, "Like", event))).status).toBe(202);
  });
});
