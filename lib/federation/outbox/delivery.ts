import { signRequest } from "@fedify/fedify";
import { and, asc, eq, gt, lt, sql } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { log } from "#lib/log.ts";
import { type Answered, postDocument } from "#lib/outbound/client.ts";
import { Refusal } from "#lib/refusal.ts";
import { actorUri } from "../addresses.ts";
import { keysOf } from "../keys.ts";
import { missed, patienceAfter, reached } from "../peers/commands.ts";
import { isSuspended } from "../peers/queries.ts";
import { openDocument, wake } from "./say.ts";

const { activities, actors, deliveries, follows, peers } = schema;

/** How long a server may be away before what it has still to get is given up. */
const patience = sql`interval '7 days'`;

/** Milliseconds: how long one host has its turn, before others who wait have theirs. */
const turn = 20_000;

/**
 * Brings one host what it has still to get, in the order in which it was said, one at a time. What it answers with a
 * fault waits, and with it what follows about the same object. Where the host itself is away, all of it waits, and
 * nothing for other hosts does.
 */
export async function deliverTo(db: Database, host: string): Promise<void> {
  const until = Date.now() + turn;
  if (await isSuspended(db, host)) return giveUp(db, host, "suspended");
  for (let faults = 0; ; ) {
    if (await isAway(db, host)) return;
    const due = await listDue(db, host);
    if (due.length === 0) return;
    const held = new Set<string>();
    for (const { delivery, document, actor } of due) {
      const line = `${delivery.objectId} ${delivery.inbox}`;
      if (held.has(line)) continue;
      if (Date.now() > until) return transact(db, (tx) => wake(tx, [host], new Set([host])));
      const outcome = await attempt(db, actor, delivery, document);
      await settle(db, delivery.id, outcome);
      if (outcome.kind === "done") {
        faults = 0;
        await reached(db, host);
      }
      if (outcome.kind === "dead") {
        log("federation").warn("An activity was refused for good", { host, reason: outcome.reason });
        if (outcome.reason === "410") await forgetFollowers(db, host, delivery.inbox);
      }
      if (outcome.kind === "held") held.add(line);
      // One fault is of one activity; several in a row are the host's.
      if (outcome.kind === "away" || (outcome.kind === "held" && ++faults >= 3))
        return missed(db, host, outcome.reason, outcome.kind === "away" ? outcome.retryAfter : null);
    }
  }
}

/** Whether a host could not be reached lately, or asked to be left alone, and its time has not come. By primary key. */
async function isAway(db: Database, host: string): Promise<boolean> {
  const [peer] = await db
    .select({ host: peers.host })
    .from(peers)
    .where(and(eq(peers.host, host), gt(peers.retryAt, sql`now()`)));
  return peer !== undefined;
}

/** What a host is to get next, without what waits for its own time, or behind such about the same object. By `deliveries_due`. */
const listDue = (db: Database, host: string) =>
  db
    .select({ delivery: deliveries, document: activities.document, actor: actors })
    .from(deliveries)
    .innerJoin(activities, eq(activities.id, deliveries.activityId))
    .innerJoin(actors, eq(actors.id, activities.actorId))
    .where(
      and(
        eq(deliveries.host, host),
        eq(deliveries.state, "due"),
        sql`not exists (select 1 from deliveries d where d.host = ${host} and d.state = 'due' and d.retry_at > now()
          and d.object_id = ${deliveries.objectId} and d.inbox = ${deliveries.inbox} and d.activity_id <= ${deliveries.activityId})`,
      ),
    )
    .orderBy(asc(deliveries.activityId), asc(deliveries.id))
    .limit(20);

/** What became of one try: `held` is the activity's own fault, `away` the host's. */
type Outcome =
  | { kind: "done" }
  | { kind: "dead"; reason: string }
  | { kind: "held"; reason: string }
  | { kind: "away"; reason: string; retryAfter: number | null };

async function settle(db: Database, id: string, outcome: Outcome): Promise<void> {
  const tries = sql`${deliveries.tries} + 1`;
  const reason = outcome.kind === "done" ? "" : outcome.reason;
  const change =
    outcome.kind === "held"
      ? { tries, reason, retryAt: sql`now() + make_interval(secs => ${patienceAfter(deliveries.tries)})` }
      : outcome.kind === "away"
        ? { tries, reason }
        : { tries, reason, state: outcome.kind, endedAt: sql`now()` };
  await db.update(deliveries).set(change).where(eq(deliveries.id, id));
}

type Spec = "draft-cavage-http-signatures-12" | "rfc9421";
/** Which of the two signatures a host took. Some answer 202 to the newer one and drop the activity: the older goes first. */
const understood = new Map<string, Spec>();

async function attempt(
  db: Database,
  actor: typeof actors.$inferSelect,
  { inbox, activityId }: Pick<typeof deliveries.$inferSelect, "inbox" | "activityId">,
  kept: string,
): Promise<Outcome> {
  const { host } = new URL(inbox);
  const first = understood.get(host) ?? "draft-cavage-http-signatures-12";
  try {
    const document = openDocument(activityId, kept);
    let answer = (await post(db, actor, inbox, document, first))!;
    if (answer.status === 400 || answer.status === 401) {
      const other: Spec = first === "rfc9421" ? "draft-cavage-http-signatures-12" : "rfc9421";
      answer = (await post(db, actor, inbox, document, other))!;
      // Whoever cannot read our new key may still know the former one.
      if (answer.status === 401) answer = (await post(db, actor, inbox, document, first, true)) ?? answer;
      else if (answer.status < 300) understood.set(host, other);
      if (understood.size > 5_000) understood.clear();
    }
    return judge(answer);
  } catch (error) {
    if (!(error instanceof Refusal)) {
      log("federation").error("An activity could not be sent", { host, error });
      return { kind: "held", reason: "fault" };
    }
    return error.code === "address-unreachable"
      ? { kind: "away", reason: "unreachable", retryAfter: null }
      : { kind: "dead", reason: error.code };
  }
}

/**
 * 404 and 410 and what the peer will never take end it; the rest is tried for days. 401 too: whoever could not read our
 * keys just now may be able to later.
 */
function judge({ status, retryAfter }: Answered): Outcome {
  const reason = String(status);
  if (status < 300) return { kind: "done" };
  if ([408, 425, 429, 502, 503, 504].includes(status)) return { kind: "away", reason, retryAfter };
  return { kind: status === 401 || (status >= 500 && status !== 501) ? "held" : "dead", reason };
}

/** Null: there is no former key to sign with. */
async function post(
  db: Database,
  actor: typeof actors.$inferSelect,
  inbox: string,
  document: string,
  spec: Spec,
  byFormer = false,
): Promise<Answered | null> {
  const { rsa, rsaName, former } = await keysOf(db, actor.id);
  const key = byFormer ? former : { name: rsaName, privateKey: rsa.privateKey };
  if (!key) return null;
  const headers = {
    "content-type": "application/activity+json",
    accept: "application/activity+json",
    "user-agent": "Parvis",
  };
  const request = new Request(inbox, { method: "POST", headers, body: document });
  const body = new TextEncoder().encode(document).buffer as ArrayBuffer;
  const signed = await signRequest(request, key.privateKey, new URL(`${actorUri(actor)}#${key.name}`), { spec, body });
  return postDocument(inbox, Object.fromEntries(signed.headers), document);
}

/** An inbox that is gone for good belongs to nobody who follows. By `actors_host`: it lies with its actors; `follows_pair`. */
async function forgetFollowers(db: Database, host: string, inbox: string): Promise<void> {
  const gone = sql`select id from actors where host = ${host} and (inbox = ${inbox} or shared_inbox = ${inbox})`;
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
    const hosts = await tx.execute<{ host: string; troubled: boolean }>(sql`
      select d.host, coalesce(max(p.failures), 0) > 0 as troubled from deliveries d left join peers p on p.host = d.host
      where d.state = 'due' and (d.retry_at is null or d.retry_at <= now()) and (p.retry_at is null or p.retry_at <= now())
      group by d.host`);
    const troubled = new Set(hosts.filter((row) => row.troubled).map(({ host }) => host));
    await wake(
      tx,
      hosts.map(({ host }) => host),
      troubled,
    );
  });
}
