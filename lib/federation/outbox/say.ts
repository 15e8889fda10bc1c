import { createProof, signJsonLd } from "@fedify/fedify/sig";
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { type Db, schema, type Transaction, transact } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { enqueueEach } from "#lib/jobs/enqueue.ts";
import { seal, unseal } from "#lib/secrets.ts";
import type { ActorRow } from "../actors.ts";
import { activityUri, actorUri, hostOf, publicUri } from "../addresses.ts";
import { eventContext, loadContext } from "../contexts.ts";
import { keysOf } from "../keys.ts";
import type { Document } from "../objects/event.ts";
import { fareOf } from "../peers/queries.ts";
import { PreparedActivity } from "../prepared.ts";

const { activities, deliveries } = schema;

type Saying = {
  /** The activity's id, where a row was given it before. */
  id?: string;
  actor: ActorRow;
  type: string;
  /** The row that it is about. */
  objectId: string;
  /** What it arrives in order with, where that is more than what is said of the same row. */
  line?: string;
  /** One fact is said once, however often the job runs. */
  fact: string;
  /** What else the activity says: `object`, `to`, `cc`. */
  body: Document;
  inboxes: string[];
  /** The terms of what it holds, where that is no Event or Note. */
  context?: unknown[];
  /** Whether it holds what opens something, and is kept sealed. */
  secret?: boolean;
  /** Whether it holds what others wrote, which no LD signature of ours need be able to read. */
  foreign?: boolean;
};

const seals = "sealed:";

/** An activity as it was signed, also one that is kept sealed. */
export const openDocument = (id: string, document: string): string =>
  document.startsWith(seals) ? unseal("activity", id, Buffer.from(document.slice(seals.length), "base64")) : document;

/**
 * Says something to other servers: signs the activity (an object proof, and for what is public an LD signature, by which
 * Mastodon forwards), keeps it, and has it delivered. Returns its id; null when that fact was said already.
 */
export async function say(db: Db, saying: Saying): Promise<string | null> {
  const { actor, type, objectId, fact, body, inboxes, secret } = saying;
  if (await wasSaid(db, fact)) return null;
  const id = saying.id ?? newId();
  const isPublic = [body.to, body.cc].flat().includes(publicUri);
  const document = await signActivity(db, actor, isPublic && !saying.foreign, {
    "@context": saying.context ?? eventContext,
    id: activityUri(id),
    type,
    actor: actorUri(actor),
    ...body,
    published: new Date().toISOString(),
  });
  const written = JSON.stringify(document);
  const kept = secret ? `${seals}${seal("activity", id, written).toString("base64")}` : written;
  return transact(db, async (tx) => {
    const [row] = await tx
      .insert(activities)
      .values({ id, actorId: actor.id, type, objectId, fact, document: kept, public: isPublic })
      .onConflictDoNothing()
      .returning({ id: activities.id });
    if (!row) return null;
    await supersede(tx, type, objectId, inboxes);
    await deliver(tx, { activityId: id, objectId: saying.line ?? objectId, inboxes });
    return id;
  });
}

/** Says the same once more, in the same words: whoever asks again has not heard it. */
export async function repeat(db: Db, fact: string): Promise<void> {
  await transact(db, async (tx) => {
    const [row] = await tx.select({ id: activities.id }).from(activities).where(eq(activities.fact, fact));
    if (!row) return;
    const again = await tx
      .update(deliveries)
      .set({ state: "due", endedAt: null, retryAt: null })
      .where(and(eq(deliveries.activityId, row.id), sql`${deliveries.state} <> 'due'`))
      .returning({ host: deliveries.host });
    await wake(tx, [...new Set(again.map(({ host }) => host))], new Set());
  });
}

/** Whether an activity tells this fact already. By `activities_fact`. */
async function wasSaid(db: Db, fact: string): Promise<boolean> {
  const [row] = await db.select({ id: activities.id }).from(activities).where(eq(activities.fact, fact));
  return row !== undefined;
}

async function signActivity(db: Db, actor: ActorRow, linked: boolean, body: Document): Promise<Document> {
  const keys = await keysOf(db, actor.id);
  // What is undefined is not sent, and must not be signed: Fedify's canonical JSON has a comma for it.
  const document = JSON.parse(JSON.stringify(body)) as Document;
  const id = actorUri(actor);
  const proof = await createProof(
    new PreparedActivity(document),
    keys.ed25519.privateKey,
    new URL(`${id}#${keys.ed25519Name}`),
    {
      contextLoader: loadContext,
    },
  );
  const proven = {
    ...document,
    proof: {
      // Mastodon asks that it begins the document's own.
      "@context": document["@context"],
      ...((await proof.toJsonLd({ contextLoader: loadContext })) as Document),
    },
  };
  proven.proof["@context"] = document["@context"];
  if (!linked) return proven;
  return signJsonLd(proven, keys.rsa.privateKey, new URL(`${id}#${keys.rsaName}`), { contextLoader: loadContext });
}

/**
 * What still waits for these inboxes and is overtaken is not sent any more: an Update by a newer one, all of it by the end
 * of the object.
 */
async function supersede(tx: Transaction, type: string, objectId: string, inboxes: string[]): Promise<void> {
  const overtaken = { Update: sql`('Update')`, Delete: sql`('Create', 'Update', 'Announce')` }[type];
  if (!overtaken) return;
  await tx
    .update(deliveries)
    .set({ state: "dead", reason: "superseded", endedAt: sql`now()` })
    .where(
      and(
        eq(deliveries.state, "due"),
        sql`${deliveries.inbox} = any(${sql.param(inboxes)}::varchar[])`,
        // By `activities_object`, `deliveries_once`.
        sql`${deliveries.activityId} in (select a.id from activities a where a.object_id = ${objectId} and a.type in ${overtaken})`,
      ),
    );
}

/** What was said was not taken, whatever its inboxes answered: nothing is said of it as if they had it. By `deliveries_once`. */
export async function endDelivery(db: Db, activityId: string, reason: string): Promise<void> {
  await db
    .update(deliveries)
    .set({ state: "dead", reason, endedAt: sql`now()` })
    .where(eq(deliveries.activityId, activityId));
}

/** Writes one row an inbox, but for hosts that have been dead for a week, and wakes what brings them to each host. */
async function deliver(
  tx: Transaction,
  { activityId, objectId, inboxes }: { activityId: string; objectId: string; inboxes: string[] },
): Promise<void> {
  const addressed = [...new Set(inboxes)].flatMap((inbox) => {
    const host = hostOf(inbox);
    return host ? [{ id: newId(), activityId, objectId, inbox, host }] : [];
  });
  const hosts = [...new Set(addressed.map((row) => row.host))];
  const { troubled, dead } = await fareOf(tx, hosts);
  const rows = addressed.filter(({ host }) => !dead.has(host));
  for (let at = 0; at < rows.length; at += 1_000)
    await tx
      .insert(deliveries)
      .values(rows.slice(at, at + 1_000))
      .onConflictDoNothing();
  await wake(
    tx,
    hosts.filter((host) => !dead.has(host)),
    troubled,
  );
}

/** Has what waits for these hosts brought to them. */
export const wake = (tx: Transaction, hosts: string[], troubled: Set<string>): Promise<void> =>
  enqueueEach(
    tx,
    "delivery",
    hosts.map((host) => ({ payload: { host }, once: host, urgent: !troubled.has(host) })),
  );

/** The inboxes that have an object now: they were told of it, and not of its end since. */
export const holdersOf = async (db: Db, objectId: string): Promise<string[]> => (await fateOf(db, objectId)).holders;

/** The same, and the inboxes that were told of its end last. By `activities_object`, `deliveries_once`. */
export async function fateOf(db: Db, objectId: string): Promise<{ holders: string[]; ended: string[] }> {
  const rows = await db.execute<{ inbox: string; type: string }>(sql`
    select distinct on (d.inbox) d.inbox, a.type from activities a
    join deliveries d on d.activity_id = a.id join actors s on s.id = a.actor_id
    where a.object_id = ${objectId}
      and (a.type in ('Create', 'Update', 'Delete') or a.type = 'Announce' and s.type = 'Application')
      and (d.state <> 'dead' or d.reason = 'superseded')
    order by d.inbox, a.id desc`);
  const those = (ended: boolean) => rows.filter(({ type }) => (type === "Delete") === ended).map(({ inbox }) => inbox);
  return { holders: those(false), ended: those(true) };
}

/** The inboxes that an object ever reached. By `activities_object`, `deliveries_once`. */
export async function receiversOf(db: Db, objectId: string): Promise<string[]> {
  const reached = sql`(${deliveries.state} <> 'dead' or ${deliveries.reason} = 'superseded')`;
  const rows = await db
    .selectDistinct({ inbox: deliveries.inbox })
    .from(activities)
    .innerJoin(deliveries, eq(deliveries.activityId, activities.id))
    .where(and(eq(activities.objectId, objectId), reached));
  return rows.map(({ inbox }) => inbox);
}

/** What was said of an object most recently, and of which revision; null before the first word. By `activities_object`. */
export async function lastSaid(db: Db, objectId: string) {
  const [row] = await db
    .select({ id: activities.id, type: activities.type, document: activities.document })
    .from(activities)
    .where(and(eq(activities.objectId, objectId), inArray(activities.type, ["Create", "Update", "Delete"])))
    .orderBy(desc(activities.id))
    .limit(1);
  if (!row) return null;
  const { object } = JSON.parse(row.document) as { object: { updated?: string } };
  return { id: row.id, ended: row.type === "Delete", updated: object.updated };
}
