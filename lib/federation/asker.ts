import { getKeyOwner, verifyRequest } from "@fedify/fedify/sig";
import { Application } from "@fedify/vocab";
import { and, eq, isNull } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { isUnavailable } from "#db/unavailable.ts";
import { giveBack, take } from "#lib/limits/bucket.ts";
import { type Viewer, visitor } from "#lib/policy/viewer.ts";
import { hostOf } from "./addresses.ts";
import { keyCache } from "./bare.ts";
import { loadersOf } from "./documents.ts";
import { Denial } from "./guard/denial.ts";
import { checkCoverage, checkDate, readKeyHost } from "./guard/signature.ts";
import { isSuspended } from "./peers/queries.ts";
import { knownActor } from "./remote/actor.ts";

const { actors } = schema;

/**
 * Who asks to read, as their signature proves: somebody of another server, or by its own actor that server, for all of its
 * people. Whoever does not sign, cannot be believed, or is of a server from which nobody is known here, is a visitor; then
 * no request goes out. `request` is at our own address.
 * @throws Denial 429.
 */
export async function askerOf(db: Database, request: Request, client: string): Promise<Viewer> {
  const host = signingHost(request.headers);
  if (!host || !(await isKnown(db, host)) || (await isSuspended(db, host))) return visitor;
  const wait = take("inbox", client);
  if (wait > 0) throw new Denial(429, "too many requests", wait);
  const owner = await ownerOf(db, request);
  if (!owner || hostOf(owner.id) !== host) return visitor;
  // As with what it sends: from then on it is that server's own allowance.
  giveBack("inbox", client);
  const rest = take("asker-host", host);
  if (rest > 0) throw new Denial(429, "too many requests", rest);
  if (owner.isServer) return { kind: "server", host };
  const actor = await knownActor(db, owner.id);
  return actor?.host && !actor.deletedAt && !actor.suspendedAt ? { kind: "remote", actorId: actor.id } : visitor;
}

/** Null: nothing is signed, or not so that it would be for us and for now. */
function signingHost(headers: Headers): string | null {
  try {
    const host = readKeyHost(headers);
    checkDate(headers);
    checkCoverage(headers, { body: false });
    return host;
  } catch (error) {
    if (error instanceof Denial) return null;
    throw error;
  }
}

/** By `actors_host`. */
async function isKnown(db: Database, host: string): Promise<boolean> {
  const there = and(eq(actors.host, host), isNull(actors.deletedAt));
  const [someone] = await db.select({ id: actors.id }).from(actors).where(there).limit(1);
  return someone !== undefined;
}

/** Whose key signed the request, where both name each other. */
async function ownerOf(db: Database, request: Request): Promise<{ id: string; isServer: boolean } | null> {
  const loaders = loadersOf(db);
  try {
    const key = await verifyRequest(request, { ...loaders, keyCache });
    const owner = key && (await getKeyOwner(key, loaders));
    return owner?.id ? { id: owner.id.href, isServer: owner instanceof Application } : null;
  } catch (error) {
    // A key or its owner that cannot be read vouches for nothing, nor does a signature of a time that is none.
    if (isUnavailable(error)) throw error;
    return null;
  }
}
