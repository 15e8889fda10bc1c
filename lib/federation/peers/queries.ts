import { and, gt, inArray, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { domainsOf, isAtLeast, liesUnder, type Standing, strictest } from "#lib/policy/domain.ts";

const { peers } = schema;

/** What the host of this server decided about another one, or about a domain that it belongs to. By primary key. */
export async function standingOf(db: Db, host: string): Promise<Standing> {
  const rows = await db
    .select({ standing: peers.standing })
    .from(peers)
    .where(inArray(peers.host, domainsOf(host)));
  return strictest(rows.map(({ standing }) => standing));
}

/** How some hosts fare: `troubled` did not answer last time; `dead` neither answered nor said anything for a week. */
export async function fareOf(db: Db, hosts: string[]): Promise<{ troubled: Set<string>; dead: Set<string> }> {
  const silent = sql`coalesce(${peers.reachedAt}, ${peers.createdAt}) < now() - interval '7 days'
    and coalesce(${peers.heardAt}, ${peers.createdAt}) < now() - interval '7 days'`;
  // By primary key.
  const rows = await db
    .select({ host: peers.host, dead: sql<boolean>`${peers.failures} >= 10 and ${silent}` })
    .from(peers)
    .where(and(inArray(peers.host, hosts), gt(peers.failures, 0)));
  const dead = new Set(rows.filter((row) => row.dead).map(({ host }) => host));
  return { troubled: new Set(rows.map(({ host }) => host)), dead };
}

/** Whether nothing is taken from a server, and nothing given to it. */
export const isSuspended = async (db: Db, host: string): Promise<boolean> =>
  isAtLeast(await standingOf(db, host), "suspended");

export type Peer = {
  host: string;
  /** What was decided about it, and what holds since a domain above it may be judged as well. */
  standing: Standing;
  holds: Standing;
  note: string;
  judgedAt: Date | null;
  failures: number;
  reason: string;
  retryAt: Date | null;
  heardAt: Date | null;
  reachedAt: Date | null;
  people: number;
  events: number;
  /** How the two servers stand to each other as wholes; null: not at all. */
  followed: "pending" | "accepted" | "rejected" | null;
  follows: "pending" | "accepted" | "rejected" | null;
};

const instants = ["judgedAt", "retryAt", "heardAt", "reachedAt"] as const;

const asPeer = (row: Peer): Peer => ({
  ...row,
  ...Object.fromEntries(instants.map((name) => [name, row[name] && new Date(row[name])])),
});

const relay = sql`(select id from actors where handle = 'relay' and host is null)`;

/** A row of the list for the peer `p`. People by `actors_host`, events by `events_organizer`, follows by `follows_pair`. */
const columns = sql`
  p.host, p.standing, p.note, p.judged_at as "judgedAt", p.failures, p.reason, p.retry_at as "retryAt",
  p.heard_at as "heardAt", p.reached_at as "reachedAt",
  (select coalesce((array['limited', 'silenced', 'suspended'])[max(array_position(array['limited', 'silenced', 'suspended']::varchar[], q.standing))], 'open')
    from peers q where q.standing <> 'open' and ${liesUnder(sql`p.host`, sql`q.host`)}) as holds,
  (select count(*)::int from actors a where a.host = p.host and a.deleted_at is null) as people,
  (select count(*)::int from actors a join events e on e.organizer_id = a.id
    where a.host = p.host and e.state = 'published' and e.end_time > now()) as events,
  (select f.state from actors a join follows f on f.followed_id = a.id and f.follower_id = ${relay}
    where a.host = p.host and f.state <> 'ended' limit 1) as followed,
  (select f.state from actors a join follows f on f.follower_id = a.id and f.followed_id = ${relay}
    where a.host = p.host and f.state <> 'ended' limit 1) as follows`;

export const peerViews = ["all", "followed", "judged", "failing"] as const;
export type PeerView = (typeof peerViews)[number];

const views = {
  all: sql`true`,
  followed: sql`exists (select 1 from actors a join follows f on ${relay} in (f.follower_id, f.followed_id)
    and a.id in (f.follower_id, f.followed_id) where a.host = p.host and f.state <> 'ended')`,
  judged: sql`p.standing <> 'open'`,
  failing: sql`p.failures > 0`,
};

type Wanted = { view?: PeerView; words?: string; after?: string; limit: number };

/** The servers that are known, by name, from after `after` on. By primary key; words are looked for in it. */
export async function listPeers(db: Db, { view = "all", words = "", after = "", limit }: Wanted): Promise<Peer[]> {
  const rows = await db.execute<Peer>(sql`
    select ${columns} from (
      select * from peers p where p.host > ${after} and position(${words.toLowerCase()} in p.host) > 0 and ${views[view]}
      order by p.host limit ${limit}) p order by p.host`);
  return rows.map(asPeer);
}

/** One server that is known; null: nobody here has heard of it. By primary key. */
export async function getPeer(db: Db, host: string): Promise<Peer | null> {
  const [row] = await db.execute<Peer>(sql`select ${columns} from peers p where p.host = ${host}`);
  return row ? asPeer(row) : null;
}

/** How much a judgement about a domain reaches, in numbers. */
export type Reach = {
  servers: number;
  people: number;
  /** Events to come that are shown here, and pictures that lie here. */
  events: number;
  pictures: number;
  /** Who there follows somebody here, and is followed from here. */
  followers: number;
  followed: number;
  /** Places that people from there have at events of ours to come. */
  participations: number;
  waiting: number;
};

/** By `actors_host` once the hosts are known, which are read from `peers`; the rest by its indexes. */
export async function reachOf(db: Db, domain: string): Promise<Reach> {
  const [row] = await db.execute<Reach>(sql`
    with hosts as (select host from peers where ${liesUnder(sql`peers.host`, domain)}),
    folk as (select a.id from actors a where a.host in (select host from hosts) and a.deleted_at is null),
    shown as (select e.id, e.cover_id, e.end_time from events e where e.organizer_id in (select id from folk) and e.state = 'published'
      union select e.id, e.cover_id, e.end_time from events e where e.author_id in (select id from folk) and e.state = 'published')
    select (select count(*)::int from hosts) as servers, (select count(*)::int from folk) as people,
      (select count(*)::int from shown where end_time > now()) as events,
      (select count(*)::int from media m where m.path is not null and m.id in (select cover_id from shown)) as pictures,
      (select count(*)::int from follows f where f.follower_id in (select id from folk) and f.state = 'accepted') as followers,
      (select count(*)::int from follows f where f.followed_id in (select id from folk) and f.state = 'accepted') as followed,
      (select count(*)::int from participations p join events e on e.id = p.event_id where p.actor_id in (select id from folk)
        and p.state in ('accepted', 'pending', 'waitlisted', 'tentative') and e.uri is null and e.end_time > now()) as participations,
      (select count(*)::int from deliveries d where d.host in (select host from hosts) and d.state = 'due') as waiting`);
  return row!;
}

/** The servers that wait to be let follow this one, by name, 200 at most, and whether those who ask must wait. By `follows_followed`. */
export async function listAsking(db: Db): Promise<{ queued: boolean; hosts: string[] }> {
  const [row] = await db.execute<{ queued: boolean; hosts: string[] }>(sql`
    select r.approves_followers as queued, array(
      select distinct a.host from follows f join actors a on a.id = f.follower_id
      where f.followed_id = r.id and f.state = 'pending' and a.host is not null and a.suspended_at is null
      order by a.host limit 200) as hosts
    from actors r where r.handle = 'relay' and r.host is null`);
  return row ?? { queued: false, hosts: [] };
}

/** How many servers ask, are judged, cannot be reached. By `follows_followed` and `peers_judged`; failures are looked for in all. */
export async function countPeers(db: Db): Promise<{ asking: number; judged: number; failing: number }> {
  const [row] = await db.execute<{ asking: number; judged: number; failing: number }>(sql`
    select (select count(*)::int from follows f where f.followed_id = ${relay} and f.state = 'pending') as asking,
      (select count(*)::int from peers where standing <> 'open') as judged,
      (select count(*)::int from peers where failures > 0) as failing`);
  return row!;
}
