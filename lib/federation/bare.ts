import { doesActorOwnKey, type KeyCache, verifyRequest } from "@fedify/fedify/sig";
import { Activity, type CryptographicKey, type Multikey } from "@fedify/vocab";
import type { Database } from "#db/client.ts";
import { isUnavailable } from "#db/unavailable.ts";
import { Refusal } from "#lib/refusal.ts";
import { type Json, loadersOf } from "./documents.ts";
import { Denial } from "./guard/denial.ts";
import { actorOf } from "./guard/shape.ts";
import { idOf, listOf } from "./remote/values.ts";

const activityStreams = "https://www.w3.org/ns/activitystreams";

/** Whether a document says that it is ActivityStreams. An old Gancio does not, and its section 2.1.3 has it be so anyway. */
export const saysContext = (json: Json): boolean =>
  listOf(json["@context"]).some((one) => one === activityStreams || one === activityStreams.replace("https", "http"));

/** Who does what to what, by their ids: all that anything here depends on. Words are read in the document as it came. */
const bare = (json: Json): Json => ({
  "@context": activityStreams,
  id: json.id,
  type: json.type,
  actor: actorOf(json),
  object: idOf(json.object) ?? undefined,
  target: idOf(json.target) ?? undefined,
});

/** An activity as its bare ids say it. Throws what Fedify throws at what it cannot read. */
export const bareActivity = (db: Database, json: Json): Promise<Activity> =>
  Activity.fromJsonLd(bare(json), loadersOf(db));

/**
 * Reads an activity by its bare ids, once its request as it came is truly signed: what Fedify cannot read, for want of a
 * context, or for a date, a key or an address somewhere within that is none; and what carries a linked-data signature.
 * Null: it is signed by another than its actor. These are Fedify's own three steps.
 * @throws Denial 401, and what Fedify throws at what it cannot read.
 */
export async function readBare(db: Database, request: Request, json: Json): Promise<Activity | null> {
  const loaders = loadersOf(db);
  const key = await verifyRequest(request, { ...loaders, keyCache }).catch((error: unknown) => {
    // What is thrown at a signature that cannot be read says that it is none.
    if (error instanceof Refusal || isUnavailable(error)) throw error;
    return null;
  });
  if (!key) throw new Denial(401, "signature");
  const activity = await bareActivity(db, json);
  return (await doesActorOwnKey(activity, key, loaders)) ? activity : null;
}

type Known = CryptographicKey | Multikey | null;
const keys = new Map<string, { key: Known; until: number }>();

/** Keys, and that there is none, for a minute. */
export const keyCache: KeyCache = {
  get: async (id) => {
    const known = keys.get(id.href);
    return known && known.until > Date.now() ? known.key : undefined;
  },
  set: async (id, key) => {
    if (keys.size > 1_000) keys.clear();
    keys.set(id.href, { key, until: Date.now() + 60_000 });
  },
};
