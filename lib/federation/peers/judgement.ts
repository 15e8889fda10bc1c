import { eq, type SQL, sql } from "drizzle-orm";
import { type Db, schema, type Transaction, transact } from "#db/client.ts";
import { enqueueEach } from "#lib/jobs/enqueue.ts";
import { recordAct } from "#lib/moderation/log/commands.ts";
import { isAtLeast, judgementLock, liesUnder, readHost, type Standing, standings } from "#lib/policy/domain.ts";
import { canModerate } from "#lib/policy/moderation.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { ownHost } from "#lib/urls.ts";
import { standingOf } from "./queries.ts";

const { peers } = schema;

/**
 * Decides about a server and its sub-domains, known or not, with the words why. What that means for their people, events
 * and pictures, and for what waits to be sent there, holds from then on; `open` takes it back, but for what was given up:
 * who followed whom of a suspended one does so no more.
 * @throws Refusal forbidden, host-invalid, host-own.
 */
export async function judgePeer(
  db: Db,
  viewer: Viewer,
  { host, standing, note = "" }: { host: string; standing: Standing; note?: string },
): Promise<string> {
  if (!canModerate(viewer)) throw new Refusal("forbidden");
  const name = readHost(host);
  if (!name) throw new Refusal("host-invalid", { field: "host" });
  if (name === ownHost()) throw new Refusal("host-own", { field: "host" });
  await transact(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${judgementLock})`);
    const judged = { standing, note, judgedAt: sql`now()` };
    await tx
      .insert(peers)
      .values({ host: name, ...judged })
      .onConflictDoUpdate({ target: peers.host, set: judged });
    await settle(tx, name);
    await recordAct(tx, viewer, { action: standing, subject: name, note });
  });
  return name;
}

/** The standing of a host for as long as the transaction runs: no judgement passes it by. */
export async function standingWithin(tx: Transaction, host: string): Promise<Standing> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${judgementLock})`);
  return standingOf(tx, host);
}

/** Brings what is kept of the servers under a domain in line with what now holds for each. By `actors_host`. */
async function settle(tx: Transaction, domain: string): Promise<void> {
  const known = await tx
    .select({ host: peers.host })
    .from(peers)
    .where(liesUnder(peers.host, sql`${domain}`));
  const hosts = new Map<Standing, string[]>(standings.map((one) => [one, []]));
  for (const { host } of known) hosts.get(await standingOf(tx, host))!.push(host);
  for (const [standing, those] of hosts) if (those.length > 0) await apply(tx, standing, those);
}

/** Who is suspended by themselves stays so, with their events, whatever becomes of their server. */
async function apply(tx: Transaction, standing: Standing, hosts: string[]): Promise<void> {
  const those = sql`any(${sql.param(hosts)}::text[])`;
  const theirs = sql`e.organizer_id = a.id and a.host = ${those} and (a.suspended_at is null or a.suspended_with_server)
    and not exists (select 1 from actors m where m.id = e.author_id and m.suspended_at is not null)`;
  if (standing === "suspended") {
    await tx.execute(sql`
      update actors set suspended_at = now(), suspended_with_server = true where host = ${those} and suspended_at is null`);
    await tx.execute(sql`
      update deliveries set state = 'dead', reason = 'suspended', ended_at = now() where host = ${those} and state = 'due'`);
    // By `follows_pair` and `follows_followed`.
    const folk = sql`(select id from actors where host = ${those})`;
    await tx.execute(sql`delete from follows where follower_id in ${folk} or followed_id in ${folk}`);
  } else
    await tx.execute(sql`
      update actors set suspended_at = null, suspended_with_server = false where host = ${those} and suspended_with_server`);
  if (isAtLeast(standing, "silenced"))
    await tx.execute(sql`
      update events e set hidden_at = now(), hidden_with = ${standing} from actors a
      where ${theirs} and (e.hidden_at is null or e.hidden_with is not null)`);
  else
    await tx.execute(sql`
      update events e set hidden_at = null, hidden_with = null from actors a where ${theirs} and e.hidden_with is not null`);
  await settleAuthored(tx, standing, those);
  await settlePosts(tx, standing, those);
  // A picture that nothing shows is erased by the purge; taken back, each is fetched again when its event is.
  if (isAtLeast(standing, "limited")) {
    await tx.execute(sql`
      update events e set cover_id = null, fetched_at = null from actors a where ${theirs} and e.uri is not null and e.cover_id is not null`);
    await tx.execute(sql`
      update posts p set cover_id = null from actors a
      where p.group_id = a.id and p.state = 'published' and a.host = ${those} and p.cover_id is not null`);
    await tx.execute(sql`
      update actors set icon_id = null, image_id = null, fetched_at = null where host = ${those} and (icon_id is not null or image_id is not null)`);
  }
}

type Changed = { id: string; ours: boolean };

/** What is told to other servers of rows that changed: of those in groups of this one, which have said that they have them. */
const ofOurs = (rows: Iterable<Changed>): string[] => [...rows].flatMap(({ id, ours }) => (ours ? [id] : []));

/**
 * What their people make for groups of other servers goes, and comes back, with them, and groups of ours say so; in lists it is the
 * group's. By `events_author`.
 */
async function settleAuthored(tx: Transaction, standing: Standing, those: SQL): Promise<void> {
  const theirs = sql`e.author_id = a.id and e.uri is not null and e.state = 'published' and a.host = ${those}`;
  const stays = sql`a.suspended_at is null and not exists (select 1 from actors g where g.id = e.organizer_id and g.suspended_at is not null)`;
  const changed = sql`returning e.id, (select g.host is null from actors g where g.id = e.organizer_id) as ours`;
  const rows = await tx.execute<Changed>(
    standing === "suspended"
      ? sql`update events e set hidden_at = now(), hidden_with = 'suspended', fetched_at = now() from actors a
          where ${theirs} and e.hidden_at is null ${changed}`
      : sql`update events e set hidden_at = null, hidden_with = null, fetched_at = now() from actors a
          where ${theirs} and e.hidden_with = 'suspended' and ${stays} ${changed}`,
  );
  const told = ofOurs(rows).map((eventId) => ({ payload: { eventId }, once: eventId, urgent: true }));
  await enqueueEach(tx, "event-out", told);
}

/**
 * What their groups post, and their people wrote for groups of ours, which say so, goes, and comes back, with them; in lists it is
 * the group's, so that silence is of what their groups post alone. By `actors_host`, `posts_list`, `posts_actor`.
 */
async function settlePosts(tx: Transaction, standing: Standing, those: SQL): Promise<void> {
  const theirs = sql`a.id in (p.actor_id, p.group_id) and p.uri is not null and p.state = 'published' and a.host = ${those}`;
  // When another server's own was changed is its word.
  const changed = sql`case when p.group_id = a.id then p.updated_at else now() end`;
  const stays = sql`a.suspended_at is null and not exists (select 1 from actors g where g.id = p.group_id and g.suspended_at is not null)`;
  const said = sql`returning p.id, (select g.host is null from actors g where g.id = p.group_id) as ours`;
  const rows = await tx.execute<Changed>(
    standing === "suspended"
      ? sql`update posts p set hidden_at = now(), hidden_with = 'suspended', updated_at = ${changed} from actors a
          where ${theirs} and (p.hidden_at is null or p.hidden_with = 'silenced') ${said}`
      : sql`update posts p set hidden_at = null, hidden_with = null, updated_at = ${changed} from actors a
          where ${theirs} and p.hidden_with is not null and ${stays} ${said}`,
  );
  const told = ofOurs(rows).map((postId) => ({ payload: { postId }, once: postId, urgent: true }));
  await enqueueEach(tx, "post-out", told);
  if (standing === "silenced")
    await tx.execute(sql`
      update posts p set hidden_at = now(), hidden_with = 'silenced' from actors a
      where ${theirs} and p.group_id = a.id and p.hidden_at is null and ${stays}`);
}

/** Forgets why a server could not be reached, and tries at once. @throws Refusal forbidden, not-found. */
export async function retryPeer(db: Db, viewer: Viewer, host: string): Promise<void> {
  if (!canModerate(viewer)) throw new Refusal("forbidden");
  const [row] = await db
    .update(peers)
    .set({ retryAt: null, failures: 0, reason: "" })
    .where(eq(peers.host, host))
    .returning({ host: peers.host });
  if (!row) throw new Refusal("not-found");
}
