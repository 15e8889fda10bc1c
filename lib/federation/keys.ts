import { createPublicKey } from "node:crypto";
import { exportJwk, generateCryptoKeyPair, importJwk } from "@fedify/fedify";
import { exportMultibaseKey } from "@fedify/vocab-runtime";
import { eq } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { seal, unseal } from "#lib/secrets.ts";

const { actorKeys } = schema;

export type ActorKeys = {
  rsa: CryptoKeyPair;
  ed25519: CryptoKeyPair;
  /** As the actor's document shows them: SPKI in PEM, and Multikey's multibase. */
  publicKeyPem: string;
  publicKeyMultibase: string;
};

const known = new Map<string, Promise<ActorKeys>>();
const most = 2_000;

/** The two key pairs of an actor of this server, made when they are first needed. Kept in memory, opened. */
export function keysOf(db: Db, actorId: string): Promise<ActorKeys> {
  let keys = known.get(actorId);
  if (!keys) {
    keys = openKeys(db, actorId);
    keys.catch(() => known.delete(actorId));
    if (known.size >= most) known.delete(known.keys().next().value!);
    known.set(actorId, keys);
  }
  return keys;
}

async function openKeys(db: Db, actorId: string): Promise<ActorKeys> {
  // By primary key; the second look finds what another process made meanwhile.
  const read = () => db.select().from(actorKeys).where(eq(actorKeys.actorId, actorId));
  let rows = await read();
  if (rows.length < 2) {
    await db
      .insert(actorKeys)
      .values([await newKey(actorId, "rsa", "RSASSA-PKCS1-v1_5"), await newKey(actorId, "ed25519", "Ed25519")])
      .onConflictDoNothing();
    rows = await read();
  }
  const pair = async (algorithm: string): Promise<CryptoKeyPair> => {
    const row = rows.find((one) => one.algorithm === algorithm)!;
    const secret = JSON.parse(unseal("actor-key", `${actorId} ${algorithm}`, row.privateKey)) as JsonWebKey;
    return { publicKey: await importJwk(row.publicHalf, "public"), privateKey: await importJwk(secret, "private") };
  };
  const [rsa, ed25519] = await Promise.all([pair("rsa"), pair("ed25519")]);
  const jwk = rows.find((one) => one.algorithm === "rsa")!.publicHalf;
  return {
    rsa,
    ed25519,
    publicKeyPem: createPublicKey({ key: jwk as never, format: "jwk" })
      .export({ type: "spki", format: "pem" })
      .toString(),
    publicKeyMultibase: await exportMultibaseKey(ed25519.publicKey),
  };
}

async function newKey(actorId: string, algorithm: string, name: "RSASSA-PKCS1-v1_5" | "Ed25519") {
  const { publicKey, privateKey } = await generateCryptoKeyPair(name);
  const secret = JSON.stringify(await exportJwk(privateKey));
  return {
    actorId,
    algorithm,
    publicHalf: await exportJwk(publicKey),
    privateKey: seal("actor-key", `${actorId} ${algorithm}`, secret),
  };
}

/** New keys from now on: what was signed with the old ones is told by an Update of the actor. */
export async function rotateKeys(db: Db, actorId: string): Promise<void> {
  await db.delete(actorKeys).where(eq(actorKeys.actorId, actorId));
  known.delete(actorId);
  await keysOf(db, actorId);
}
