import { doesActorOwnKey, fetchKey, type KeyCache, verifyRequest } from "@fedify/fedify/sig";
import { Activity, CryptographicKey, type Multikey } from "@fedify/vocab";
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
 * context, or for a date, a key or an address somewhere within that is none; what carries a linked-data signature; and what
 * is signed for an address with a query.
 * Null: it is signed by another than its actor. These are Fedify's own three steps.
 * @throws Denial 401, and what Fedify throws at what it cannot read.
 */
export async function readBare(db: Database, request: Request, json: Json): Promise<Activity | null> {
  const loaders = loadersOf(db);
  const unreadable = (error: unknown) => {
    // What is thrown at a signature that cannot be read says that it is none.
    if (error instanceof Refusal || isUnavailable(error)) throw error;
    return null;
  };
  const key =
    (await verifyRequest(request.clone() as Request, { ...loaders, keyCache }).catch(unreadable)) ??
    (await verifyWithQuery(request, loaders).catch(unreadable));
  if (!key) throw new Denial(401, "signature");
  const activity = await bareActivity(db, json);
  return (await doesActorOwnKey(activity, key, loaders)) ? activity : null;
}

/**
 * The key of a POST whose draft-cavage signature is over its query as well, as section 2.3 of the draft has it and Fedify
 * does not; null for every other. Date and digest were compared before.
 */
async function verifyWithQuery(
  request: Request,
  loaders: ReturnType<typeof loadersOf>,
): Promise<CryptographicKey | null> {
  const { pathname, search } = new URL(request.url);
  const written = request.headers.get("signature") ?? "";
  const part = (name: string) => new RegExp(`(?:^|,)\\s*${name}="([^"]*)"`).exec(written)?.[1] ?? "";
  const covered = part("headers").toLowerCase().split(" ");
  const needed = ["(request-target)", "host", "date", "digest"];
  if (!search || request.headers.has("signature-input") || !needed.every((name) => covered.includes(name))) return null;
  const said = covered.map((name) =>
    name === "(request-target)" ? `${name}: post ${pathname}${search}` : `${name}: ${request.headers.get(name)}`,
  );
  const { key } = await fetchKey(new URL(part("keyId")), CryptographicKey, { ...loaders, keyCache });
  if (key?.publicKey?.algorithm.name !== "RSASSA-PKCS1-v1_5") return null;
  const [signature, message] = [Buffer.from(part("signature"), "base64"), Buffer.from(said.join("\n"))];
  return (await crypto.subtle.verify("RSASSA-PKCS1-v1_5", key.publicKey, signature, message)) ? key : null;
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
