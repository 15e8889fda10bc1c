import { createPublicKey } from "node:crypto";
import { doesActorOwnKey, type KeyCache, verifyRequest } from "@fedify/fedify/sig";
import { Activity, type CryptographicKey, type Multikey } from "@fedify/vocab";
import type { Database } from "#db/client.ts";
import { loadContext } from "./contexts.ts";
import { documentLoader, type Json } from "./documents.ts";
import { Denial } from "./guard/denial.ts";

const activityStreams = "https://www.w3.org/ns/activitystreams";
const dates = ["published", "updated", "startTime", "endTime", "deleted"];

/**
 * An activity as JSON-LD can read it: without a context that says so it is ActivityStreams (its section 2.1.3), as an old
 * Gancio writes, and a date or a key that is none is left out. The very same object where there was nothing to mend.
 */
export function mend(json: Json): Json {
  const body = mendDates(json) as Json;
  const context = json["@context"];
  const parts = Array.isArray(context) ? context : context === undefined || context === null ? [] : [context];
  const known = parts.some(
    (part) => typeof part === "string" && /^https?:\/\/www\.w3\.org\/ns\/activitystreams$/.test(part),
  );
  return known ? body : { ...body, "@context": [activityStreams, ...parts] };
}

/** A key that somebody embeds is never believed, only read; a torn one must not spoil the rest. */
function isReadable(key: unknown): boolean {
  const pem = typeof key === "object" && key !== null ? (key as Json).publicKeyPem : null;
  if (typeof pem !== "string") return true;
  try {
    return createPublicKey(pem) !== null;
  } catch {
    return false;
  }
}

/** What Fedify would refuse the whole activity for. Our own parser reads dates in the document as it came. */
const isDate = (value: unknown): boolean =>
  typeof value !== "string" || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/i.test(value);

function mendDates(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const mended = value.map(mendDates);
    return mended.some((one, at) => one !== value[at]) ? mended : value;
  }
  const entries = Object.entries(value);
  const kept = entries.filter(
    ([name, inner]) => !(dates.includes(name) && !isDate(inner)) && (name !== "publicKey" || isReadable(inner)),
  );
  const mended = kept.map(([name, inner]) => [name, mendDates(inner)] as const);
  const same = mended.length === entries.length && mended.every(([, inner], at) => inner === entries[at]![1]);
  return same ? value : Object.fromEntries(mended);
}

/**
 * Reads a mended activity whose request as it came is truly signed by its actor: Fedify's own three steps, since it reads
 * only what was signed.
 * @throws Denial 401, and what Fedify throws at what it cannot read.
 */
export async function readMended(db: Database, request: Request, mended: Json): Promise<Activity> {
  const loaders = { documentLoader: documentLoader(db), contextLoader: loadContext };
  const key = await verifyRequest(request, { ...loaders, keyCache });
  if (!key) throw new Denial(401, "signature");
  const activity = await Activity.fromJsonLd(mended, loaders);
  if (!(await doesActorOwnKey(activity, key, loaders))) throw new Denial(401, "key");
  return activity;
}

type Known = CryptographicKey | Multikey | null;
const keys = new Map<string, { key: Known; until: number }>();

/** Keys, and that there is none, for a minute. */
const keyCache: KeyCache = {
  get: async (id) => {
    const known = keys.get(id.href);
    return known && known.until > Date.now() ? known.key : undefined;
  },
  set: async (id, key) => {
    if (keys.size > 1_000) keys.clear();
    keys.set(id.href, { key, until: Date.now() + 60_000 });
  },
};
