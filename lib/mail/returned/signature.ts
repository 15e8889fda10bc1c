import { createHmac } from "node:crypto";
import { sameBytes } from "#lib/secrets.ts";

/** Seconds that a message may be old, or ahead of our clock. */
const tolerance = 300;

export type Signed = { id: string | null; timestamp: string | null; signature: string | null };

/**
 * Whether a message comes from whoever shares the secret (`whsec_` and Base64): Svix signs `id.timestamp.body` by
 * HMAC-SHA-256, and names one signature for each secret that is valid while secrets are exchanged. `now` in milliseconds.
 */
export function isSigned(secret: string, { id, timestamp, signature }: Signed, body: string, now: number): boolean {
  if (!id || id.length > 200 || !timestamp || !/^\d{1,12}$/.test(timestamp) || !signature) return false;
  if (Math.abs(now / 1000 - Number(timestamp)) > tolerance) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest();
  return signature
    .slice(0, 2_000)
    .split(" ")
    .some((one) => one.startsWith("v1,") && sameBytes(expected, Buffer.from(one.slice(3), "base64")));
}
