import { createHash } from "node:crypto";
import type { Db } from "#db/client.ts";
import { getConfig } from "#lib/config.ts";
import { take } from "#lib/limits/bucket.ts";
import { isPrivatePeer, portOf } from "#lib/outbound/address.ts";
import { sameBytes } from "#lib/secrets.ts";
import { hostOf, sameOrigin } from "./addresses.ts";
import type { Json } from "./documents.ts";
import { isAtLeast, type Standing } from "./peers/domain.ts";
import { standingOf } from "./peers/queries.ts";

const longest = 256 * 1024;
const mostAtOnce = 32;
/** Milliseconds: for a body, and how old or young a signature may be. */
const patience = 10_000;
const window = 3_600_000;

export type Admitted = { bytes: Uint8Array<ArrayBuffer>; json: Json; host: string; standing: Standing };

/** Why a request goes no further. A short word for whoever runs the other server. */
export class Denial extends Error {
  readonly status: number;
  readonly retryAfter: number | null;
  constructor(status: number, reason: string, retryAfter: number | null = null) {
    super(reason);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

let reading = 0;

/**
 * What every POST to an inbox passes before Fedify sees a byte, the cheapest first; nothing is stored and nobody is
 * asked. Returns the bytes as they came, and what they say.
 * @throws Denial
 */
export async function admit(db: Db, request: Request, client: string): Promise<Admitted> {
  const mediaType = (request.headers.get("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  if (!["application/activity+json", "application/ld+json"].includes(mediaType)) throw new Denial(415, "media type");
  if (request.headers.get("content-encoding")) throw new Denial(415, "content encoding");
  const wait = take("inbox", client);
  if (wait > 0) throw new Denial(429, "too many activities", wait);
  if (reading >= mostAtOnce) throw new Denial(503, "busy", 5);
  reading++;
  try {
    const bytes = await readBody(request);
    const host = checkSignature(request, bytes);
    const standing = await standingOf(db, host);
    if (isAtLeast(standing, "suspended")) throw new Denial(403, "blocked");
    return { bytes, json: parseActivity(bytes), host, standing };
  } finally {
    reading--;
  }
}

async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > longest) throw new Denial(413, "too large");
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  if (!reader) throw new Denial(400, "no body");
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    reader.cancel().catch(() => {});
  }, patience);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.byteLength;
      if (length > longest) throw new Denial(413, "too large");
      chunks.push(value);
    }
  } finally {
    clearTimeout(timer);
    if (length > longest) reader.cancel().catch(() => {});
  }
  if (late) throw new Denial(408, "too slow");
  return new Uint8Array(Buffer.concat(chunks));
}

/** The host that the key's id names, of a signature that is there, fresh, and covers these bytes. Fedify verifies it. */
function checkSignature({ headers }: Request, bytes: Uint8Array): string {
  const signature = headers.get("signature") ?? "";
  const input = headers.get("signature-input") ?? "";
  const keyId = /keyid="([^"]{1,2048})"/i.exec(input || signature)?.[1];
  const host = keyId && hostOf(keyId);
  if (!signature || !keyId || !host) throw new Denial(401, "no signature");
  const url = new URL(keyId);
  if (url.protocol !== "https:" && !isPrivatePeer(getConfig().privatePeers, url.hostname, portOf(url)))
    throw new Denial(401, "key id");
  const created = /;\s*created=(\d{1,12})/.exec(input)?.[1];
  const date = created ? Number(created) * 1000 : Date.parse(headers.get("date") ?? "");
  if (!(Math.abs(Date.now() - date) <= window)) throw new Denial(401, "date");
  const hash = createHash("sha256").update(bytes).digest();
  const stated = [
    ...(headers.get("digest") ?? "").matchAll(/sha-256=([A-Za-z0-9+/=]+)/gi),
    ...(headers.get("content-digest") ?? "").matchAll(/sha-256=:([A-Za-z0-9+/=]+):/gi),
  ].map((match) => Buffer.from(match[1]!, "base64"));
  if (stated.length === 0 || !stated.every((one) => sameBytes(one, hash))) throw new Denial(401, "digest");
  const covers = input ? /"content-digest"/.test(input) : /headers="[^"]*\bdigest\b[^"]*"/i.test(signature);
  if (!covers) throw new Denial(401, "digest not signed");
  return host;
}

const longestList = 200;
const unicode = new TextDecoder("utf-8", { fatal: true });

/** @throws Denial 400 for what is no activity, or is made to be costly. */
export function parseActivity(bytes: Uint8Array): Json {
  checkSize(bytes);
  let json: unknown;
  try {
    json = JSON.parse(unicode.decode(bytes));
  } catch {
    throw new Denial(400, "not JSON");
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw new Denial(400, "not an object");
  const activity = json as Json;
  checkLists(activity);
  checkContext(activity["@context"]);
  const actor = actorOf(activity);
  if (typeof activity.type !== "string" || typeof activity.id !== "string" || !actor)
    throw new Denial(400, "id, type or actor");
  if (activity.id.length > 2048 || actor.length > 2048) throw new Denial(400, "id or actor too long");
  // snac gives an Undo an id on our host; it is known by its actor and object instead.
  if (!sameOrigin(activity.id, actor) && activity.type !== "Undo") throw new Denial(400, "id of another origin");
  return activity;
}

/** The id of who acts; Hubzilla embeds the whole actor. */
export function actorOf({ actor }: Json): string | null {
  const id = typeof actor === "object" && actor !== null && !Array.isArray(actor) ? (actor as Json).id : actor;
  return typeof id === "string" && hostOf(id) ? id : null;
}

/** On the bytes, without recursion: what nests deep or has thousands of values is costly to parse. */
function checkSize(bytes: Uint8Array): void {
  let depth = 0;
  let values = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const char = bytes[at];
    if (inString) {
      if (char === 0x5c) at++;
      else if (char === 0x22) inString = false;
      continue;
    }
    if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) {
      values++;
      if (++depth > 20) throw new Denial(400, "too deep");
    } else if (char === 0x7d || char === 0x5d) depth--;
    else if (char === 0x2c && ++values > 2_000) throw new Denial(400, "too many values");
  }
}

function checkLists(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value) && value.length > longestList) throw new Denial(400, "list too long");
  for (const inner of Object.values(value)) checkLists(inner);
}

/** Terms that say who, what, whose and to whom: nobody renames them. */
const authority = [
  "id",
  "type",
  "actor",
  "object",
  "target",
  "attributedTo",
  "origin",
  "instrument",
  "result",
  "to",
  "cc",
  "bto",
  "bcc",
  "audience",
];

function checkContext(context: unknown): void {
  const parts = Array.isArray(context) ? context : [context];
  if (parts.length > 10) throw new Denial(400, "context too long");
  for (const part of parts) {
    if (part === undefined || part === null || typeof part === "string") continue;
    if (typeof part !== "object" || Array.isArray(part)) throw new Denial(400, "context");
    const terms = Object.entries(part);
    if (terms.length > 200) throw new Denial(400, "context too long");
    for (const [term, meaning] of terms) {
      const iri = typeof meaning === "object" && meaning !== null ? (meaning as Json)["@id"] : meaning;
      if (authority.includes(term) && !isUsual(term, iri)) throw new Denial(400, `context changes ${term}`);
      // Another name for one of them would be read by Fedify and by nobody else.
      const named =
        typeof iri === "string" ? /^(?:as:|https?:\/\/www\.w3\.org\/ns\/activitystreams#)(\w+)$/.exec(iri)?.[1] : null;
      if (named && authority.includes(named) && named !== term) throw new Denial(400, `context renames ${named}`);
    }
  }
}

/** `@id` and `@type` for id and type, ActivityStreams' own IRI for the others. */
function isUsual(term: string, iri: unknown): boolean {
  if (term === "id" || term === "type") return iri === `@${term}`;
  return iri === `as:${term}` || iri === `https://www.w3.org/ns/activitystreams#${term}`;
}
