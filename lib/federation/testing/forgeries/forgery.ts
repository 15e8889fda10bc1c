import type { SQL } from "drizzle-orm";
import type { Json, Peer, Signing } from "../peer.ts";
import type { Trap } from "./trap.ts";

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

export const streams = "https://www.w3.org/ns/activitystreams";
export const security = "https://w3id.org/security/v1";
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
export const misSigned = (
  name: string,
  weak: Weakness[],
  how: (stage: Stage, n: number, body: Json) => Signing,
): Forgery => ({
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
export const passedOn = (
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
export const overreach = (
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
export const misshapen = (
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
