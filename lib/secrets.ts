import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { getConfig } from "#lib/config.ts";

export type Purpose =
  | "participation"
  | "unsubscribe"
  | "address"
  | "limit"
  | "form"
  | "account"
  | "calendar"
  | "setup"
  | "openid"
  | "cover"
  | "actor-key"
  | "activity"
  | "staff"
  | "membership"
  | "room";

const keys = new Map<string, KeyObject>();

function keyFor(purpose: Purpose): KeyObject {
  const { secretKey } = getConfig();
  const slot = `${purpose} ${secretKey}`;
  let key = keys.get(slot);
  if (!key) {
    key = createSecretKey(Buffer.from(hkdfSync("sha256", secretKey, "parvis", purpose, 32)));
    keys.set(slot, key);
  }
  return key;
}

/** HMAC-SHA-256 under the purpose's own key: 32 bytes. Parts are joined unambiguously. */
export const mac = (purpose: Purpose, ...parts: (string | number)[]): Buffer =>
  createHmac("sha256", keyFor(purpose)).update(JSON.stringify(parts)).digest();

/** The token of a mailed link (43 characters, 256 bits): derived anew whenever it is needed, stored nowhere. */
export const linkToken = (purpose: Purpose, id: string, generation: number): string =>
  mac(purpose, id, generation).toString("base64url");

/** A token that derives from nothing: what a session's cookie holds (43 characters, 256 bits). */
export const randomToken = (): string => randomBytes(32).toString("base64url");

/** What the database keeps of a token. */
export const tokenHash = (token: string): Buffer => createHash("sha256").update(token).digest();

/** Whether a text can be one of our tokens at all. */
export const isToken = (value: unknown): value is string => typeof value === "string" && /^[\w-]{43}$/.test(value);

/** `id.mac`: a link that opens one thing for ever and needs no row (unsubscribe). */
export const signedId = (purpose: Purpose, id: string): string => `${id}.${mac(purpose, id).toString("base64url")}`;

/** The id in a signed link, or null when it was not made by us. */
export function readSignedId(purpose: Purpose, value: string): string | null {
  const [id, signature, ...rest] = value.split(".");
  if (!id || !signature || rest.length > 0) return null;
  return sameBytes(mac(purpose, id), Buffer.from(signature, "base64url")) ? id : null;
}

/** AES-256-GCM under the purpose's own key; `about` must be the same when it is opened: what is sealed for one row opens for no other. */
export function seal(purpose: Purpose, about: string, content: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFor(purpose), nonce).setAAD(Buffer.from(about));
  return Buffer.concat([nonce, cipher.update(content, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** What was sealed. @throws when it was changed, moved to another row, or sealed under another SECRET_KEY. */
export function unseal(purpose: Purpose, about: string, sealed: Buffer): string {
  const cipher = createDecipheriv("aes-256-gcm", keyFor(purpose), sealed.subarray(0, 12)).setAAD(Buffer.from(about));
  cipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()]).toString("utf8");
}

/** Whether two secrets are equal, in a time that tells nothing of where they differ. */
export const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/**
 * The one spelling of an address under which its owner is one person: NFKC, trimmed, lower case, domain in ASCII.
 * `fold` also drops the sub-address (`+…`), for limits. Null when it is no address.
 */
export function canonicalAddress(value: string, { fold = false } = {}): string | null {
  const text = value.normalize("NFKC").trim().toLowerCase();
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at);
  if (at < 1 || Buffer.byteLength(text) > 254 || local.includes("@") || Buffer.byteLength(local) > 64) return null;
  if (
    !/^[^\s@<>()[\]\\,;:"\p{Cc}]+$/u.test(local) ||
    local.startsWith(".") ||
    local.endsWith(".") ||
    local.includes("..")
  )
    return null;
  const domain = text.slice(at + 1);
  // What the URL parser would decode, strip or read as more than a host.
  if (/[\s\p{Cc}:/?#%[\]\\]/u.test(domain) || !URL.canParse(`http://${domain}`)) return null;
  const host = new URL(`http://${domain}`).hostname;
  if (!/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(host)) return null;
  if (Buffer.byteLength(local) + 1 + host.length > 254) return null;
  return `${fold ? local.split("+")[0] || local : local}@${host}`;
}

/** The key under which an address is found again without being stored: one, however it is spelt. */
export const addressKey = (address: string): Buffer => mac("address", canonicalAddress(address) ?? address);
