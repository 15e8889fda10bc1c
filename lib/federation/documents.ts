import { signRequest } from "@fedify/fedify";
import type { DocumentLoader } from "@fedify/vocab-runtime";
import type { Db } from "#db/client.ts";
import { fetchDocument } from "#lib/outbound/client.ts";
import { Refusal } from "#lib/refusal.ts";
import { type ActorRow, instanceActor } from "./actors.ts";
import { actorUri, hostOf, localActorUri, sameOrigin } from "./addresses.ts";
import { loadContext } from "./contexts.ts";
import { checkTexts } from "./guard/size.ts";
import { keysOf } from "./keys.ts";
import { isSuspended } from "./peers/queries.ts";

const accept = 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"';
const most = 1024 * 1024;

export type Json = { [key: string]: unknown };

/**
 * Reads an ActivityPub document of another server, asking with the signature of somebody here, else the instance actor's.
 * @throws Refusal as `fetchDocument`, and `server-suspended`, `answer-odd` for what is no
 * ActivityPub document, or one whose `id` another origin would have to vouch for.
 */
export async function fetchObject(db: Db, url: string, as?: ActorRow | null): Promise<Json> {
  const { document, documentUrl } = await load(db, url, as);
  if (typeof document.id !== "string" || !sameOrigin(document.id, documentUrl)) throw new Refusal("answer-odd");
  return document;
}

async function load(db: Db, url: string, as?: ActorRow | null): Promise<{ document: Json; documentUrl: string }> {
  const host = hostOf(url);
  if (!host || sameOrigin(url, localActorUri("relay"))) throw new Refusal("address-refused");
  if (await isSuspended(db, host)) throw new Refusal("server-suspended");
  const { body, mediaType, url: documentUrl } = await fetchDocument(url, { accept, most, sign: await signer(db, as) });
  if (!/^application\/(activity\+json|ld\+json|json)\b/i.test(mediaType)) throw new Refusal("answer-odd");
  try {
    const document = JSON.parse(Buffer.from(body).toString("utf8")) as Json;
    if (typeof document !== "object" || document === null || Array.isArray(document)) throw new Refusal("answer-odd");
    checkTexts(document);
    return { document, documentUrl };
  } catch {
    throw new Refusal("answer-odd");
  }
}

/** The headers of a signed GET, for each hop anew. */
async function signer(db: Db, as?: ActorRow | null): Promise<(url: URL) => Promise<Record<string, string>>> {
  const actor = as ?? (await instanceActor(db));
  const { rsa, rsaName } = await keysOf(db, actor.id);
  return async (url) => {
    const bare = new Request(url, { headers: { accept, "user-agent": "Parvis" } });
    const signed = await signRequest(bare, rsa.privateKey, new URL(`${actorUri(actor)}#${rsaName}`));
    return Object.fromEntries(signed.headers);
  };
}

type Loaded = { document: Json; documentUrl: string };
type Held = Loaded & { until: number; again: boolean };
const held = new Map<string, Held>();
/** Documents, characters of one, and milliseconds. */
const bounds = { count: 500, length: 32_768, life: 60_000 };

/**
 * The same for Fedify, which looks for keys and their owners with it at each activity: remembered for a minute. A key, told
 * by its fragment, is read once more within it: its signature did not fit, and it may have been changed.
 */
export const documentLoader =
  (db: Db): DocumentLoader =>
  async (url) => {
    const [name, fragment] = url.split("#") as [string, string?];
    const known = held.get(name);
    const fresh = known && known.until > Date.now();
    if (fresh && (fragment === undefined || known.again)) return { contextUrl: null, ...known };
    const { document, documentUrl } = await load(db, url);
    // Where a server redirects to somebody else's, what they say in its name is theirs.
    if (typeof document.id === "string" && !sameOrigin(document.id, documentUrl)) throw new Refusal("answer-odd");
    if (held.size >= bounds.count) held.delete(held.keys().next().value!);
    if (JSON.stringify(document).length <= bounds.length)
      held.set(name, {
        document,
        documentUrl,
        until: fresh ? known.until : Date.now() + bounds.life,
        again: Boolean(fresh),
      });
    return { contextUrl: null, document, documentUrl };
  };

/** How Fedify reads what a document names, and what its terms mean: by our own guarded client, and by what we keep. */
export const loadersOf = (db: Db) => ({ documentLoader: documentLoader(db), contextLoader: loadContext });
