import { createPublicKey } from "node:crypto";
import { exportJwk, importJwk } from "@fedify/fedify";
import { exportMultibaseKey } from "@fedify/vocab-runtime";
import { desc, eq, sql } from "drizzle-orm";
import { type Db, schema, transact } from "#db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { recordAct } from "#lib/moderation/log/commands.ts";
import { canModerate } from "#lib/policy/moderation.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { seal, unseal } from "#lib/secrets.ts";

const { actorKeys, actors } = schema;

type Algorithm = "rsa" | "ed25519";

export type ActorKeys = {
  rsa: CryptoKeyPair;
  ed25519: CryptoKeyPair;
  /** What stands behind the `#` of each one's id. */
  rsaName: string;
  ed25519Name: string;
  /** As the actor's document shows them: SPKI in PEM, and Multikey's multibase. */
  publicKeyPem: string;
  publicKeyMultibase: string;
  /** The Ed25519 keys before this one, which proofs may still be verified by. */
  retired: { name: string; publicKeyMultibase: string }[];
  /** The RSA key before this one, for a week after it was replaced. */
  former: { name: string; privateKey: CryptoKey } | null;
};

const known = new Map<string, { keys: Promise<ActorKeys>; until: number }>();
const most = 2_000;
/** Milliseconds: how long a process goes on with the keys that it opened, whatever another one does to them. */
const kept = 60_000;
const week = 7 * 86_400_000;

/** The two key pairs that an actor of this server signs with, made when they are first needed. Kept in memory for a minute, opened. */
export function keysOf(db: Db, actorId: string): Promise<ActorKeys> {
  const found = known.get(actorId);
  if (found && found.until > Date.now()) return found.keys;
  const keys = openKeys(db, actorId);
  keys.catch(() => known.delete(actorId));
  if (known.size >= most) known.delete(known.keys().next().value!);
  known.set(actorId, { keys, until: Date.now() + kept });
  return keys;
}

/** The ids of keys that replaced others are new ones, so that nobody takes the one that they remember for them. */
const nameOf = (algorithm: Algorithm, generation: number): string =>
  `${algorithm === "rsa" ? "main-key" : "ed25519-key"}${generation === 0 ? "" : `-${generation}`}`;

const sealedAs = (actorId: string, algorithm: string, generation: number): string =>
  generation === 0 ? `${actorId} ${algorithm}` : `${actorId} ${algorithm} ${generation}`;

async function openKeys(db: Db, actorId: string): Promise<ActorKeys> {
  // By primary key; the second look finds what another process made meanwhile.
  const read = () =>
    db.select().from(actorKeys).where(eq(actorKeys.actorId, actorId)).orderBy(desc(actorKeys.generation));
  let rows = await read();
  if (rows.length < 2) {
    await insertKeys(db, actorId, 0);
    rows = await read();
  }
  const all = (algorithm: Algorithm) => rows.filter((row) => row.algorithm === algorithm);
  const secretOf = ({ algorithm, generation, privateKey }: (typeof rows)[number]) =>
    importJwk(
      JSON.parse(unseal("actor-key", sealedAs(actorId, algorithm, generation), privateKey)) as JsonWebKey,
      "private",
    );
  const pair = async (row: (typeof rows)[number]): Promise<CryptoKeyPair> => ({
    publicKey: await importJwk(row.publicHalf, "public"),
    privateKey: await secretOf(row),
  });
  const [rsaRow, formerRow] = all("rsa");
  const [edRow, ...older] = all("ed25519");
  const [rsa, ed25519] = await Promise.all([pair(rsaRow!), pair(edRow!)]);
  const isFormer = formerRow && Date.now() - rsaRow!.createdAt.getTime() < week;
  return {
    rsa,
    ed25519,
    rsaName: nameOf("rsa", rsaRow!.generation),
    ed25519Name: nameOf("ed25519", edRow!.generation),
    publicKeyPem: createPublicKey({ key: rsaRow!.publicHalf as never, format: "jwk" })
      .export({ type: "spki", format: "pem" })
      .toString(),
    publicKeyMultibase: await exportMultibaseKey(ed25519.publicKey),
    retired: await Promise.all(
      older.map(async ({ generation, publicHalf }) => ({
        name: nameOf("ed25519", generation),
        publicKeyMultibase: await exportMultibaseKey(await importJwk(publicHalf, "public")),
      })),
    ),
    former: isFormer ? { name: nameOf("rsa", formerRow.generation), privateKey: await secretOf(formerRow) } : null,
  };
}

/** RSA of 2,048 bits, as Mastodon has it: twice that takes six times as long for each server that is told. */
const kinds = {
  rsa: {
    ...{ name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
    ...{ modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
  },
  ed25519: { name: "Ed25519" },
} as const;

async function insertKeys(db: Db, actorId: string, generation: number): Promise<void> {
  const make = async (algorithm: Algorithm) => {
    const made = await crypto.subtle.generateKey(kinds[algorithm], true, ["sign", "verify"]);
    const { publicKey, privateKey } = made as CryptoKeyPair;
    const secret = JSON.stringify(await exportJwk(privateKey));
    return {
      ...{ actorId, algorithm, generation },
      publicHalf: await exportJwk(publicKey),
      privateKey: seal("actor-key", sealedAs(actorId, algorithm, generation), secret),
    };
  };
  await db
    .insert(actorKeys)
    .values([await make("rsa"), await make("ed25519")])
    .onConflictDoNothing();
}

/**
 * Gives an actor of this server new keys. The former ones stay known; an Update tells of the new ones once every process
 * has them. @throws Refusal forbidden, not-found.
 */
export async function rotateKeys(db: Db, viewer: Viewer, actorId: string): Promise<void> {
  if (!canModerate(viewer)) throw new Refusal("forbidden");
  await keysOf(db, actorId);
  await transact(db, async (tx) => {
    const [actor] = await tx.select().from(actors).where(eq(actors.id, actorId)).for("update");
    if (!actor || actor.host !== null || actor.deletedAt) throw new Refusal("not-found");
    const [last] = await tx
      .select({ generation: actorKeys.generation })
      .from(actorKeys)
      .where(eq(actorKeys.actorId, actorId))
      .orderBy(desc(actorKeys.generation))
      .limit(1);
    await insertKeys(tx, actorId, (last?.generation ?? -1) + 1);
    await tx.update(actors).set({ updatedAt: sql`now()` }).where(eq(actors.id, actorId));
    await enqueue(tx, "actor-out", { actorId }, { at: new Date(Date.now() + kept + 10_000) });
    await recordAct(tx, viewer, { action: "rotate", subject: `@${actor.handle}` });
  });
  known.delete(actorId);
}
