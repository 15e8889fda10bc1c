import { createHash } from "node:crypto";
import { getConfig } from "#lib/config.ts";
import { isPrivatePeer, portOf } from "#lib/outbound/address.ts";
import { sameBytes } from "#lib/secrets.ts";
import { hostOf } from "../addresses.ts";
import { Denial } from "./denial.ts";

/** Milliseconds: how old or young a signature may be. */
const window = 3_600_000;

/** The headers of a signature: draft-cavage's one, or RFC 9421's two. */
const written = (headers: Headers) => ({
  signature: headers.get("signature") ?? "",
  input: headers.get("signature-input") ?? "",
});

/**
 * The host of the key that a request is signed with, which Fedify verifies later. One key, said once: of two, each reader
 * may take another. @throws Denial 401.
 */
export function readKeyHost(headers: Headers): string {
  const { signature, input } = written(headers);
  const [keyId, ...others] = [...(input || signature).matchAll(/keyid="([^"]{1,2048})"/gi)].map((match) => match[1]!);
  const host = keyId && hostOf(keyId);
  if (!signature || !host || others.length > 0) throw new Denial(401, "no signature");
  const url = new URL(keyId);
  if (url.protocol !== "https:" && !isPrivatePeer(getConfig().privatePeers, url.hostname, portOf(url)))
    throw new Denial(401, "key id");
  return host;
}

/** @throws Denial 401 for a signature that was made more than an hour ago, or will be. */
export function checkDate(headers: Headers): void {
  const created = /;\s*created=(\d{1,12})/.exec(written(headers).input)?.[1];
  const date = created ? Number(created) * 1000 : Date.parse(headers.get("date") ?? "");
  if (!(Math.abs(Date.now() - date) <= window)) throw new Denial(401, "date");
}

/** @throws Denial 401 for a body that is not the one whose SHA-256 the headers state. */
export function checkDigest(headers: Headers, bytes: Uint8Array): void {
  const hash = createHash("sha256").update(bytes).digest();
  const stated = [
    ...(headers.get("digest") ?? "").matchAll(/sha-256=([A-Za-z0-9+/=]+)/gi),
    ...(headers.get("content-digest") ?? "").matchAll(/sha-256=:([A-Za-z0-9+/=]+):/gi),
  ].map((match) => Buffer.from(match[1]!, "base64"));
  if (stated.length === 0 || !stated.every((one) => sameBytes(one, hash))) throw new Denial(401, "digest");
}

/** One signature of RFC 9421: its label, what it covers, and its parameters. */
const single = /^\s*[a-z*][\w.*-]*=\(([^()]*)\)(?:;(?:[^",\\]|"(?:[^"\\]|\\.)*")*)?$/i;

/** What a signature says it covers, said once: of two lists, each reader may take another. Nothing: it is unclear. */
function coveredBy(headers: Headers): string[] {
  const { signature, input } = written(headers);
  if (input)
    return [...(single.exec(input)?.[1] ?? "").matchAll(/(?<=^|\s)"([@a-z-]+)"(?=\s|$)/g)].map(([, name]) => name!);
  const lists = [...signature.matchAll(/headers="([^"]*)"/gi)];
  return lists.length === 1 ? lists[0]![1]!.toLowerCase().split(/\s+/) : [];
}

/**
 * @throws Denial 401 for a signature that leaves open what was sent, or to whom: whoever receives one for themselves could
 * show it here. `body`: whether anything is sent.
 */
export function checkCoverage(headers: Headers, { body = true } = {}): void {
  const covered = coveredBy(headers);
  const covers = (...names: string[]) => names.some((name) => covered.includes(name));
  if (body && !covers(headers.get("signature-input") ? "content-digest" : "digest"))
    throw new Denial(401, "digest not signed");
  if (!covers("host", "@authority", "@target-uri")) throw new Denial(401, "host not signed");
}
