import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { type SQL, sql } from "drizzle-orm";
import type { Json, Peer, Signing } from "./peer.ts";

/** What of ours is switched off, so that a forgery shows that it would be one. */
export type Weakness =
  | "key"
  | "date"
  | "digest"
  | "coverage"
  | "signature"
  | "size"
  | "lists"
  | "body"
  | "context"
  | "origin"
  | "vouched"
  | "gone"
  | "standing"
  | "address"
  | "mark";

/** Who is there: a genuine server, an attacker's, ours, and what they have in common. */
export type Stage = {
  good: Peer;
  evil: Peer;
  /** Our actor, its inbox, the shared one, and an event of ours at which bob of the good server has a place. */
  ann: string;
  inboxes: string[];
  event: string;
  /** Actors: `good` has gil (followed by ann), bob and imp; `evil` has eve (followed by ann). */
  gil: string;
  bob: string;
  imp: string;
  eve: string;
  /** Somebody of the good server whom we never heard of; with gil's key. */
  newcomer: () => string;
  /** An event of gil's that we keep a copy of, told by a genuine Create. */
  mirrored: () => Promise<Json>;
  /** What bob said when he followed ann, and when he took his place. */
  said: { follow: Json; join: Json };
  /** What ann asked of gil and is waiting for: to follow, and a place at an event of his. */
  asked: () => Promise<{ follow: Json; join: Json }>;
  trap: Trap;
  /** An event as another server writes it, at an address of its own; `at`: whose server. */
  makeEvent: (at: Peer, owner: string, change?: Json) => Json;
  /** Does something while a host is blocked. */
  suspended: <T>(host: string, work: () => Promise<T>) => Promise<T>;
  /** Does something whose effects are right, and not counted. */
  quietly: (work: () => Promise<Response>) => Promise<void>;
};

export type Forgery = {
  name: string;
  /** Switched off, it takes effect; or what its effect would be, where nothing can be switched off to let it pass. */
  weak: Weakness[] | SQL;
  /** Sends it once, in its `n`-th shape. */
  attempt: (stage: Stage, n: number) => Promise<unknown>;
};

const streams = "https://www.w3.org/ns/activitystreams";
const security = "https://w3id.org/security/v1";
/** How Mastodon, GoToSocial, Mobilizon, Gancio, gathio and an old Gancio begin what they send. */
export const contexts: unknown[] = [
  [streams, { ostatus: "http://ostatus.org#", atomUri: "ostatus:atomUri", sensitive: "as:sensitive" }],
  streams,
  [
    streams,
    "https://litepub.social/litepub/context.jsonld",
    security,
    { "@language": "und", location: { "@id": "sc:location", "@type": "sc:Place" }, sc: "http://schema.org#" },
  ],
  [streams, security, { Hashtag: "as:Hashtag", focalPoint: { "@container": "@list", "@id": "toot:focalPoint" } }],
  [streams],
  // An old Gancio names ActivityStreams nowhere.
  { Hashtag: "as:Hashtag" },
];

/** The same activity as another software would write it. */
export function dressed(activity: Json, n: number): Json {
  const { "@context": _, ...rest } = activity;
  const entries = Object.entries(rest);
  const turned = n % 2 === 0 ? entries : entries.reverse();
  const extra: Json = n % 3 === 0 ? { published: new Date().toISOString() } : {};
  return { "@context": contexts[n % contexts.length], ...Object.fromEntries(turned), ...extra };
}

/** Something genuine that has an effect, unsent: a Follow, a Join, a Create, an Update, in turn. */
export async function genuine(stage: Stage, n: number): Promise<Json> {
  const { good, ann, event, gil } = stage;
  const kind = n % 4;
  if (kind === 0) return good.activity(stage.newcomer(), "Follow", ann);
  if (kind === 1) return good.activity(stage.newcomer(), "Join", event, { participationMessage: "Hello" });
  if (kind === 2) return good.activity(gil, "Create", stage.makeEvent(good, gil), { to: [`${streams}#Public`] });
  const known = await stage.mirrored();
  return good.activity(gil, "Update", { ...known, name: `Changed ${n}`, updated: new Date().toISOString() });
}

export const inboxOf = ({ inboxes }: Stage, n: number): string => inboxes[n % inboxes.length]!;

/** A forgery of how a genuine activity is signed. */
const misSigned = (name: string, weak: Weakness[], how: (stage: Stage, n: number, body: Json) => Signing): Forgery => ({
  name,
  weak,
  attempt: async (stage, n) => {
    const activity = dressed(await genuine(stage, n), n);
    return stage.good.send(inboxOf(stage, n), activity, how(stage, n, activity));
  },
});

/** Something genuine in words that a proof and linked data can cover. */
export async function vouchable(stage: Stage, n: number): Promise<Json> {
  const { participationMessage: _, ...activity } = await genuine(stage, n % 2);
  return { ...activity, "@context": [streams, "https://w3id.org/security/data-integrity/v1"] };
}

/** A genuine activity in another's hands: sent by eve, with something of hers that is to vouch for it. */
const passedOn = (
  name: string,
  change: (stage: Stage, activity: Json, n: number) => Json,
  weak: Weakness[] = ["signature"],
): Forgery => ({
  name,
  weak,
  attempt: async (stage, n) => {
    const activity = await vouchable(stage, n);
    return stage.evil.send(inboxOf(stage, n), change(stage, activity, n), { signer: stage.eve });
  },
});

/** Something that eve, or imp of gil's own server, has no authority for, well signed. */
const overreach = (
  name: string,
  weak: Forgery["weak"],
  make: (stage: Stage, n: number) => Promise<{ by: "eve" | "imp"; type: string; object: unknown; more?: Json }>,
): Forgery => ({
  name,
  weak,
  attempt: async (stage, n) => {
    const { by, type, object, more } = await make(stage, n);
    const peer = by === "eve" ? stage.evil : stage.good;
    const activity = dressed(peer.activity(stage[by], type, object, { to: [stage.ann], ...more }), n);
    return peer.send(inboxOf(stage, n), activity);
  },
});

/** A genuine activity with something in it that no reader should have to bear. */
const misshapen = (
  name: string,
  weak: Weakness[],
  change: (activity: Json, n: number, stage: Stage) => Json,
): Forgery => ({
  name,
  weak,
  attempt: async (stage, n) => {
    const activity = await genuine(stage, n % 2);
    return stage.good.send(inboxOf(stage, n), change(activity, n, stage), { signer: activity.actor as string });
  },
});

const longAgo = (n: number) => new Date(Date.now() - (2 + n) * 3_600_000);
const headers = ["(request-target)", "host", "date", "digest"];
const without = (...names: string[]) => headers.filter((name) => !names.includes(name));
const wrong = (n: number) => `SHA-256=${Buffer.alloc(32, n).toString("base64")}`;
const deep = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`) as Json;

const signatures: Forgery[] = [
  misSigned("signed by somebody else of the same server", ["signature"], ({ imp }) => ({ signer: imp })),
  {
    name: "signed by somebody of another server",
    weak: ["signature"],
    attempt: async (stage, n) =>
      stage.evil.send(inboxOf(stage, n), dressed(await genuine(stage, n), n), { signer: stage.eve }),
  },
  misSigned("unsigned", ["key", "coverage", "signature"], () => ({ change: { signature: null } })),
  misSigned("signed with a letter of the signature changed", ["signature"], (_, n, { actor }) => ({
    change: {
      signature: `keyId="${actor}#main-key",algorithm="rsa-sha256",headers="${headers.join(" ")}",signature="${Buffer.alloc(256, n + 1).toString("base64")}"`,
    },
  })),
  misSigned("with the digest of another body", ["digest", "signature"], (_, n) => ({ change: { digest: wrong(n) } })),
  misSigned("without a digest", ["digest", "coverage", "signature"], () => ({
    covered: without("digest"),
    change: { digest: null },
  })),
  misSigned("with the digest unsigned", ["coverage", "signature"], () => ({ covered: without("digest") })),
  misSigned("with the date unsigned", ["signature"], () => ({ covered: without("date") })),
  misSigned("with the path unsigned", ["signature"], () => ({ covered: without("(request-target)") })),
  misSigned("with the host unsigned", ["coverage"], () => ({ covered: without("host") })),
  misSigned("signed hours ago", ["date", "signature"], (_, n) => ({ date: longAgo(n) })),
  misSigned("signed for hours to come", ["date", "signature"], (_, n) => ({
    date: new Date(Date.now() + (2 + n) * 3_600_000),
  })),
  misSigned("signed hours ago, with a fresh date", ["signature"], (_, n) => ({
    date: longAgo(n),
    change: { date: new Date().toUTCString() },
  })),
  misSigned("signed for another server", ["signature"], ({ evil }) => ({ meant: `${evil.origin}/inbox` })),
  misSigned("signed for another inbox", ["signature"], (stage, n) => ({ meant: inboxOf(stage, n + 1) })),
  misSigned("with a key that the actor does not have", ["signature"], ({ imp }, n, { actor }) => ({
    signer: imp,
    keyId: `${actor}#key-${n}`,
  })),
  misSigned("with two keys named", ["key", "signature"], ({ imp, bob }, n, { actor }) => ({
    signer: imp,
    keyId: n % 2 ? `${actor}#main-key",keyId="${imp}#main-key` : `${bob}#main-key",keyId="${actor}#main-key`,
  })),
  {
    name: "with a key document on another server that names the actor as its owner",
    weak: ["signature"],
    attempt: async (stage, n) => {
      const { evil, eve } = stage;
      const activity = dressed(await genuine(stage, n), n);
      const { publicKey } = evil.documents.get("/users/eve") as { publicKey: Json };
      const id = `${evil.origin}/keys/${n}`;
      const owned = { owner: activity.actor, controller: activity.actor };
      evil.documents.set(`/keys/${n}`, { "@context": security, ...publicKey, ...owned, id, type: "CryptographicKey" });
      return evil.send(inboxOf(stage, n), activity, { signer: eve, keyId: id });
    },
  },
  {
    name: "with a key at an address of the actor's server that leads to another",
    weak: ["signature"],
    attempt: async (stage, n) => {
      const { good, evil, eve } = stage;
      const activity = dressed(await genuine(stage, n), n);
      const { publicKey } = evil.documents.get("/users/eve") as { publicKey: Json };
      const id = `${good.origin}/redirect/${n}`;
      evil.documents.set(`/lie/${n}`, { "@context": security, ...publicKey, id, owner: activity.actor });
      good.documents.set(`/redirect/${n}`, (res) => res.writeHead(302, { location: `${evil.origin}/lie/${n}` }).end());
      return evil.send(inboxOf(stage, n), activity, { signer: eve, keyId: id });
    },
  },
  passedOn("passed on without anything that vouches for it", (_, activity) => activity),
  passedOn("passed on with a proof by somebody else", ({ evil, eve }, activity) => evil.prove(activity, eve)),
  passedOn("passed on with a proof by somebody else in the actor's name", ({ evil, eve }, activity) =>
    evil.prove(activity, eve, `${activity.actor}#proof-key`),
  ),
  passedOn("passed on with a proof over other words", ({ good }, activity, n) => ({
    ...good.prove({ ...activity, object: `https://else.example/${n}` }, activity.actor as string),
    object: activity.object,
  })),
  passedOn("passed on with a linked-data signature by somebody else", ({ evil, eve }, activity) =>
    evil.link(activity, eve),
  ),
  passedOn("passed on with a linked-data signature by somebody else in the actor's name", ({ evil, eve }, activity) =>
    evil.link(activity, eve, `${activity.actor}#main-key`),
  ),
  passedOn("passed on with a linked-data signature over other words", ({ good }, activity, n) => ({
    ...good.link({ ...activity, object: `https://else.example/${n}` }, activity.actor as string),
    object: activity.object,
  })),
];

const authority: Forgery[] = [
  {
    name: "an id of another server",
    weak: ["origin"],
    attempt: async (stage, n) => {
      const { evil, eve, good, ann } = stage;
      const activity = { ...evil.activity(eve, "Follow", ann), id: `${good.origin}/activities/stolen-${n}` };
      return evil.send(inboxOf(stage, n), dressed(activity, n));
    },
  },
  overreach("an event that another server would have to vouch for", ["origin"], async ({ good, eve }, n) => ({
    by: "eve",
    type: n % 2 ? "Create" : "Invite",
    object: {
      type: "Event",
      id: `${good.origin}/nowhere/${n}`,
      name: "Forged",
      startTime: "2031-01-01T10:00:00Z",
      attributedTo: eve,
    },
  })),
  overreach("an event in the name of somebody of another server", ["origin"], async ({ evil, gil, makeEvent }) => ({
    by: "eve",
    type: "Create",
    object: makeEvent(evil, gil),
  })),
  overreach("a change of another server's event", ["vouched", "origin"], async ({ mirrored }, n) => ({
    by: "eve",
    type: "Update",
    object: { ...(await mirrored()), name: `Forged ${n}`, updated: "2032-01-01T00:00:00Z" },
  })),
  overreach("a change of an event by another of the same server", ["vouched"], async ({ mirrored }, n) => ({
    by: "imp",
    type: "Update",
    object: { ...(await mirrored()), name: `Forged ${n}`, updated: "2032-01-01T00:00:00Z" },
  })),
  overreach("the end of another server's event", ["origin", "gone"], async ({ mirrored }, n) => {
    const { id } = await mirrored();
    return { by: "eve", type: "Delete", object: n % 2 ? id : { type: "Tombstone", id } };
  }),
  overreach("the end of an event by another of the same server", ["gone"], async ({ mirrored }, n) => {
    const { id } = await mirrored();
    return { by: "imp", type: "Delete", object: n % 2 ? id : { type: "Tombstone", id } };
  }),
  overreach("a yes in another server's name to what we asked of it", ["origin"], async ({ asked }, n) => ({
    by: "eve",
    type: n % 2 ? "Reject" : "Accept",
    object: (await asked()).join,
  })),
  overreach(
    "an address of another server that leads to the sender's",
    ["origin"],
    async ({ good, evil, gil, makeEvent }) => {
      const event = makeEvent(evil, gil);
      const path = new URL(event.id as string).pathname;
      const id = `${good.origin}${path}`;
      evil.documents.set(path, { "@context": streams, ...event, id });
      good.documents.set(path, (res) => res.writeHead(302, { location: `${evil.origin}${path}` }).end());
      return { by: "eve", type: "Announce", object: id };
    },
  ),
  {
    name: "an actor whose inbox is another server's",
    weak: ["origin"],
    attempt: async (stage, n) => {
      const { evil, good, eve, ann } = stage;
      const name = `far${n}${Math.random().toString(36).slice(2, 8)}`;
      const id = evil.actor(name, { inbox: `${good.origin}/inbox` }, eve);
      return evil.send(inboxOf(stage, n), dressed(evil.activity(id, "Follow", ann), n));
    },
  },
];

const shapes: Forgery[] = [
  misshapen("nesting", ["size"], (activity, n) => ({ ...activity, x: deep(25 + n) })),
  misshapen("thousands of values", ["size", "lists"], (activity, n) => ({
    ...activity,
    x: Array.from({ length: 2_100 + n }, () => 1),
  })),
  misshapen("a list of hundreds", ["lists"], (activity, n, { ann }) => ({
    ...activity,
    cc: Array.from({ length: 201 + n }, () => ann),
  })),
  misshapen("more than 256 KiB", ["body"], (activity, n) => ({ ...activity, padding: "x".repeat(262_144 + n) })),
  misshapen("a context that gives another term the actor's part", ["context"], (activity, n) => ({
    ...activity,
    "@context": [streams, { [`impostor${n}`]: n % 2 ? "as:actor" : `${streams}#actor` }],
  })),
  misshapen("a context that changes what the object is", ["context"], ({ object, ...activity }) => ({
    ...activity,
    "@context": [streams, { object: "as:summary", thing: { "@id": "as:object", "@type": "@id" } }],
    thing: object,
  })),
  misshapen("a dozen contexts", ["context"], (activity, n) => ({
    ...activity,
    "@context": Array.from({ length: 11 + n }, () => streams),
  })),
];

/** What is done to another's things by somebody who may not, and would be seen by the table that it changes. */
const others: Forgery[] = [
  overreach(
    "a change of an event of ours",
    sql`update events set name = 'Forged' where uri is null`,
    async ({ event, eve }, n) => ({
      by: n % 2 ? "eve" : "imp",
      type: "Update",
      object: { type: "Event", id: event, name: "Forged", startTime: "2031-01-01T10:00:00Z", attributedTo: eve },
    }),
  ),
  overreach(
    "the end of an event of ours",
    sql`update events set state = 'deleted', deleted_at = now() where uri is null`,
    async ({ event }, n) => ({
      by: n % 2 ? "eve" : "imp",
      type: "Delete",
      object: n % 3 ? event : { type: "Tombstone", id: event },
    }),
  ),
  overreach(
    "a change of a profile of another server",
    sql`update actors set name = 'Forged' where handle = 'gil'`,
    async ({ good, gil }) => ({
      by: "eve",
      type: "Update",
      object: { ...(good.documents.get("/users/gil") as Json), id: gil, name: "Forged" },
    }),
  ),
  overreach(
    "the end of somebody else",
    sql`update actors set deleted_at = now() where handle = 'gil'`,
    async ({ gil }, n) => ({
      by: n % 2 ? "eve" : "imp",
      type: "Delete",
      object: n % 3 ? gil : { type: "Tombstone", id: gil },
    }),
  ),
  overreach(
    "the end of somebody here",
    sql`update actors set deleted_at = now() where handle = 'ann'`,
    async ({ ann }) => ({
      by: "eve",
      type: "Delete",
      object: ann,
    }),
  ),
  overreach(
    "somebody else's Follow undone",
    sql`delete from follows where uri like '%bob-follow%'`,
    async ({ said }, n) => ({
      by: n % 2 ? "eve" : "imp",
      type: "Undo",
      object: n % 3 ? said.follow : said.follow.id,
    }),
  ),
  overreach(
    "somebody else's Join undone",
    sql`update participations set state = 'left' where uri like '%bob-join%'`,
    async ({ said }, n) => ({
      by: n % 2 ? "eve" : "imp",
      type: "Undo",
      object: n % 3 ? said.join : said.join.id,
    }),
  ),
  overreach(
    "somebody else's place given back",
    sql`update events set seats_taken = 0 where uri is null`,
    async ({ event, bob }, n) => ({
      by: n % 2 ? "eve" : "imp",
      type: "Leave",
      object: event,
      more: { attributedTo: bob, target: bob, instrument: bob },
    }),
  ),
  overreach(
    "an answer to a Follow that was asked of somebody else",
    sql`update follows set state = 'rejected' where state = 'pending'`,
    async ({ asked }, n) => {
      const { follow } = await asked();
      return { by: n % 2 ? "eve" : "imp", type: n % 3 ? "Accept" : "Reject", object: n % 5 ? follow : follow.id };
    },
  ),
  overreach(
    "a change of another server's event, announced",
    sql`update events set name = 'Forged' where uri is not null`,
    async ({ good, gil, mirrored }) => {
      const object = { ...(await mirrored()), name: "Forged", updated: "2032-01-01T00:00:00Z" };
      return { by: "eve", type: "Announce", object: good.activity(gil, "Update", object) };
    },
  ),
  overreach(
    "a document that lies elsewhere than it says",
    sql`update events set name = 'Forged' where uri is not null`,
    async ({ evil, mirrored }, n) => {
      const event = await mirrored();
      evil.documents.set(`/lie/${n}`, {
        "@context": streams,
        ...event,
        name: "Forged",
        updated: "2032-01-01T00:00:00Z",
      });
      return { by: "eve", type: n % 2 ? "Announce" : "Create", object: `${evil.origin}/lie/${n}` };
    },
  ),
  overreach(
    "an event in the name of another of the same server",
    sql`update events set name = 'Forged' where uri is not null`,
    async ({ good, gil }, n) => ({
      by: "imp",
      type: "Create",
      object: {
        type: "Event",
        id: `${good.origin}/nowhere/imp-${n}`,
        name: "Forged",
        startTime: "2031-01-01T10:00:00Z",
        attributedTo: gil,
      },
    }),
  ),
  {
    name: "a Join shown again after its Leave",
    weak: sql`update events set seats_taken = seats_taken + 1 where uri is null`,
    attempt: async (stage, n) => {
      const [join, who] = await comeAndGo(stage, n, "Join", stage.event);
      await stage.quietly(() => stage.good.send(inboxOf(stage, n), stage.good.activity(who, "Leave", stage.event)));
      return stage.good.send(inboxOf(stage, n + 1), join);
    },
  },
  {
    name: "a Follow shown again after its Undo",
    weak: ["mark"],
    attempt: async (stage, n) => {
      const [follow, who] = await comeAndGo(stage, n, "Follow", stage.ann);
      await stage.quietly(() => stage.good.send(inboxOf(stage, n), stage.good.activity(who, "Undo", follow)));
      return stage.good.send(inboxOf(stage, n + 1), follow);
    },
  },
  {
    name: "a word of a blocked server",
    weak: ["standing"],
    attempt: async (stage, n) => {
      const activity = dressed(await genuine(stage, n), n);
      return stage.suspended(stage.good.host, () => stage.good.send(inboxOf(stage, n), activity));
    },
  },
  {
    name: "a word of a blocked server, passed on by another",
    weak: ["standing"],
    attempt: async (stage, n) => {
      const { good, evil, eve } = stage;
      const activity = await vouchable(stage, n);
      const by = activity.actor as string;
      const vouched = n % 2 ? good.prove(activity, by) : good.link(activity, by);
      return stage.suspended(good.host, () => evil.send(inboxOf(stage, n), vouched, { signer: eve }));
    },
  },
];

/** Somebody new does something genuine, which is no part of what is watched. */
async function comeAndGo(stage: Stage, n: number, type: string, object: string): Promise<[Json, string]> {
  const who = stage.newcomer();
  const activity = stage.good.activity(who, type, object);
  await stage.quietly(() => stage.good.send(inboxOf(stage, n), activity));
  return [activity, who];
}

const spellings = [
  "127.0.0.1",
  "127.1",
  "2130706433",
  "0x7f000001",
  "0177.0.0.1",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "localhost",
  "0.0.0.0",
];
const hidden = ({ trap }: Stage, n: number, scheme = "http") =>
  `${scheme}://${spellings[n % spellings.length]}:${trap.port}/${n}`;

/** Addresses of this machine or its network, wherever an address may stand. */
const private_: Forgery[] = [
  misSigned("a key at a private address", ["key", "address"], (stage, n) => ({
    keyId: `${hidden(stage, n, "https")}#main-key`,
  })),
  overreach("an object at a private address", ["address"], async (stage, n) => ({
    by: "eve",
    type: n % 2 ? "Announce" : "Create",
    object: hidden(stage, n),
  })),
  overreach("an object whose address leads to a private one", ["address"], async (stage, n) => {
    const { evil } = stage;
    evil.documents.set(`/inside/${n}`, (res) => res.writeHead(302, { location: hidden(stage, n) }).end());
    return { by: "eve", type: n % 2 ? "Announce" : "Update", object: `${evil.origin}/inside/${n}` };
  }),
  {
    name: "an actor of a private address",
    weak: ["key", "address", "signature"],
    attempt: async (stage, n) => {
      const { evil, eve, ann } = stage;
      const actor = hidden(stage, n);
      const activity = { ...evil.activity(actor, "Follow", ann), id: `${new URL(actor).origin}/activities/${n}` };
      return evil.send(inboxOf(stage, n), activity, { signer: eve, keyId: `${actor}#main-key` });
    },
  },
];

export const forgeries: Forgery[] = [...signatures, ...authority, ...shapes, ...others, ...private_];

export type Trap = { port: number; touched: () => number; close: () => void };

/** Something on this machine that nobody may reach: it counts who connects. */
export async function openTrap(): Promise<Trap> {
  let count = 0;
  const server: Server = createServer((socket) => {
    count++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, touched: () => count, close: () => void server.close() };
}
