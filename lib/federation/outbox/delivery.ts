import { signRequest } from "@fedify/fedify";
import { and, asc, eq, lt, sql } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { type Answered, postDocument } from "#lib/outbound/client.ts";
import { Refusal } from "#lib/refusal.ts";
import { actorUri } from "../addresses.ts";
import { keysOf } from "../keys.ts";
import { missed, reached } from "../peers/commands.ts";
import { standingOf } from "../peers/queries.ts";

const { activities, actors, deliveries, follows, peers } = schema;

/** How long a server may be away before what it has still to get is given up. */
const patience = sql`interval '7 days'`;

/**
 * Brings one host what it has still to get, in the order in which it was said, one at a time. Stops where the host
 * cannot be reached; the rest then waits with it, and nothing for other hosts does.
 */
export async function deliverTo(db: Database, host: string): Promise<void> {
  for (;;) {
    const [peer] = await db.select().from(peers).where(eq(peers.host, host));
    if (peer?.retryAt && peer.retryAt > new Date()) return;
    if ((await standingOf(db, host)) === "suspended") return giveUp(db, host, "suspended");
    // By `deliveries_due`.
    const due = await db
      .select({ delivery: deliveries, document: activities.document, actor: actors })
      .from(deliveries)
      .innerJoin(activities, eq(activities.id, deliveries.activityId))
      .innerJoin(actors, eq(actors.id, activities.actorId))
      .where(and(eq(deliveries.host, host), eq(deliveries.state, "due")))
      .orderBy(asc(deliveries.activityId), asc(deliveries.id))
      .limit(20);
    if (due.length === 0) return;
    for (const { delivery, document, actor } of due) {
      const outcome = await attempt(db, actor, delivery.inbox, document);
      if (outcome.kind === "later") {
        await missed(db, host, outcome.reason, outcome.retryAfter);
        await db
          .update(deliveries)
          .set({ tries: sql`${deliveries.tries} + 1`, reason: outcome.reason })
          .where(eq(deliveries.id, delivery.id));
        return;
      }
      const done = outcome.kind === "done";
      await db
        .update(deliveries)
        .set({
          state: done ? "done" : "dead",
          reason: done ? "" : outcome.reason,
          tries: sql`${deliveries.tries} + 1`,
          endedAt: sql`now()`,
        })
        .where(eq(deliveries.id, delivery.id));
      if (!done) {
        log("federation").warn("An activity was refused for good", { host, reason: outcome.reason });
        if (outcome.reason === "410") await forgetFollowers(db, delivery.inbox);
      }
      if (done) await reached(db, host);
    }
  }
}

type Outcome =
  | { kind: "done" }
  | { kind: "dead"; reason: string }
  | { kind: "later"; reason: string; retryAfter: number | null };

type Spec = "draft-cavage-http-signatures-12" | "rfc9421";
/** Which of the two signatures a host took. Some answer 202 to the newer one and drop the activity: the older goes first. */
const understood = new Map<string, Spec>();

async function attempt(
  db: Database,
  actor: typeof actors.$inferSelect,
  inbox: string,
  document: string,
): Promise<Outcome> {
  const { host } = new URL(inbox);
  const first = understood.get(host) ?? "draft-cavage-http-signatures-12";
  try {
    let answer = await post(db, actor, inbox, document, first);
    if (answer.status === 400 || answer.status === 401) {
      const other: Spec = first === "rfc9421" ? "draft-cavage-http-signatures-12" : "rfc9421";
      answer = await post(db, actor, inbox, document, other);
      if (answer.status < 300) understood.set(host, other);
      if (understood.size > 5_000) understood.clear();
    }
    return judge(answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code === "address-unreachable"
      ? { kind: "later", reason: "unreachable", retryAfter: null }
      : { kind: "dead", reason: error.code };
  }
}

/** 404 and 410 and what the peer will never take end it; the rest is tried for days. */
function judge({ status, retryAfter }: Answered): Outcome {
  if (status < 300) return { kind: "done" };
  if (status >= 500 || [408, 425, 429].includes(status)) return { kind: "later", reason: String(status), retryAfter };
  return { kind: "dead", reason: String(status) };
}

async function post(
  db: Database,
  actor: typeof actors.$inferSelect,
  inbox: string,
  document: string,
  spec: Spec,
): Promise<Answered> {
  const { rsa } = await keysOf(db, actor.id);
  const headers = {
    "content-type": "application/activity+json",
    accept: "application/activity+json",
    "user-agent": "Parvis",
  };
  const request = new Request(inbox, { method: "POST", headers, body: document });
  const body = new TextEncoder().encode(document).buffer as ArrayBuffer;
  const signed = await signRequest(request, rsa.privateKey, new URL(`${actorUri(actor)}#main-key`), { spec, body });
  return postDocument(inbox, Object.fromEntries(signed.headers), document);
}

/** An inbox that is gone for good belongs to nobody who follows. */
async function forgetFollowers(db: Database, inbox: string): Promise<void> {
  const gone = sql`select id from actors where host is not null and (inbox = ${inbox} or shared_inbox = ${inbox})`;
  await db.delete(follows).where(sql`${follows.followerId} in (${gone})`);
}

async function giveUp(db: Database, host: string, reason: string): Promise<void> {
  await db
    .update(deliveries)
    .set({ state: "dead", reason, endedAt: sql`now()` })
    .where(and(eq(deliveries.host, host), eq(deliveries.state, "due")));
}

/** Wakes the hosts that something waits for and whose time has come; ends what has waited a week. */
export async function wakeDeliveries(db: Database): Promise<void> {
  await transact(db, async (tx) => {
    await tx
      .update(deliveries)
      .set({ state: "dead", reason: "given up", endedAt: sql`now()` })
      .where(and(eq(deliveries.state, "due"), lt(deliveries.createdAt, sql`now() - ${patience}`)));
    const hosts = await tx.execute<{ host: string }>(sql`
      select distinct d.host from deliveries d left join peers p on p.host = d.host
      where d.state = 'due' and (p.retry_at is null or p.retry_at <= now())`);
    for (const { host } of hosts) await enqueue(tx, "delivery", { host }, { once: host });
  });
}
