import type { Db } from "#db/client.ts";
import { take } from "#lib/limits/bucket.ts";
import { isAtLeast, type Standing } from "#lib/policy/domain.ts";
import type { Json } from "./documents.ts";
import { readBody } from "./guard/body.ts";
import { Denial } from "./guard/denial.ts";
import { parseActivity } from "./guard/shape.ts";
import { checkCoverage, checkDate, checkDigest, readKeyHost } from "./guard/signature.ts";
import { standingOf } from "./peers/queries.ts";

const mostAtOnce = 32;

export type Admitted = { bytes: Uint8Array<ArrayBuffer>; json: Json; host: string; standing: Standing };

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
    const host = readKeyHost(request.headers);
    checkDate(request.headers);
    checkDigest(request.headers, bytes);
    checkCoverage(request.headers);
    const standing = await standingOf(db, host);
    if (isAtLeast(standing, "suspended")) throw new Denial(403, "blocked");
    return { bytes, json: parseActivity(bytes), host, standing };
  } finally {
    reading--;
  }
}
