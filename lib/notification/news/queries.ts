import { type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { holdersOf } from "#lib/policy/staff.ts";
import { type Cadence, defaults, type NewsSubject } from "../choice/matrix.ts";

const { accounts, actors, comments, events, follows, memberships, notificationChoices, participations, posts } = schema;

/** Who follows whose event it is, as far as they see it and it came out since, and since when. By `follows_followed`. */
const followers = sql`select o.id as event_id, p.account_id, w.created_at as since
  from ${events} o join ${follows} w on w.followed_id = o.organizer_id and w.state = 'accepted' and o.published_at >= w.created_at
  join ${actors} p on p.id = w.follower_id where p.account_id is not null and o.visibility in ('public', 'followers')`;

/**
 * Who follows the group that posts, if it is for everybody; and its members, whoever it is for: as far as it came out since.
 * By `follows_followed`, `memberships_list`.
 */
const readers = sql`select o.id as event_id, p.account_id, w.created_at as since
  from ${posts} o join ${follows} w on w.followed_id = o.group_id and w.state = 'accepted' and o.published_at >= w.created_at
  join ${actors} p on p.id = w.follower_id where p.account_id is not null and o.visibility = 'public'
  union all select o.id, p.account_id, m.joined_at
  from ${posts} o join ${memberships} m on m.group_id = o.group_id and m.state = 'member' and o.published_at >= m.joined_at
  join ${actors} p on p.id = m.member_id where p.account_id is not null`;

/** What is of this server, or of a group of this server whose member elsewhere made it. */
const ours = sql`(v.uri is null or v.author_id is not null)
  and (v.uri is null or exists (select 1 from ${actors} g where g.id = v.organizer_id and g.host is null))`;

/**
 * What somebody of another server (`w`) has just published: it came within a day of when its server says that it did. What is
 * not dated may be old: a walk through an outbox brings such.
 */
const justCame = sql`v.uri is not null and w.host is not null
  and v.published_at between v.created_at - interval '1 day' and v.created_at + interval '5 minutes'
  and v.published_at <> v.created_at`;

/** Such an event, for everybody, that begins later. */
const arrived = sql`${justCame} and v.listed and v.start_time > now()`;

/** What is spoken of: published events, or posts, each with when it begins, or came out. */
const allOut = sql`select v.id, v.name, v.start_time, v.timezone, v.all_day from ${events} v
  where v.state = 'published' and v.hidden_at is null`;
const eventsOut = sql`${allOut} and ${ours}`;
const postsOut = sql`select v.id, v.name, v.published_at as start_time, null::varchar as timezone, true as all_day from ${posts} v
  where v.state = 'published' and v.hidden_at is null`;

/** What is new of an event, or a post, of each kind: rows `event_id, id, at, actor_id, name`; and who is told of it. */
const facts: Record<NewsSubject, { holders: SQL; rows: SQL; things?: SQL }> = {
  // Who asks and was not answered yet.
  requests: {
    holders: holdersOf("decide"),
    rows: sql`select p.event_id, p.id, p.state_at as at, p.actor_id, p.name
      from ${participations} p where p.state = 'pending'`,
  },
  // Who came without anybody's deciding it; a held place counts once it is kept.
  newcomers: {
    holders: holdersOf("decide"),
    rows: sql`select p.event_id, p.id, p.state_at as at, p.actor_id, p.name
      from ${participations} p where p.state = 'accepted' and p.expires_at is null and p.decided_at is null`,
  },
  comments: {
    holders: holdersOf("moderate"),
    rows: sql`select c.event_id, c.id, c.created_at as at, c.actor_id, coalesce(nullif(w.name, ''), w.handle) as name
      from ${comments} c join ${actors} w on w.id = c.actor_id where c.state in ('published', 'waiting')`,
  },
  followed: {
    holders: followers,
    rows: sql`select v.id as event_id, v.id, v.published_at as at, null::uuid as actor_id, coalesce(nullif(w.name, ''), w.handle) as name
      from ${events} v join ${actors} w on w.id = v.organizer_id
      where v.state = 'published' and ${ours} and not v.awaiting and v.status <> 'cancelled' and v.end_time > now()
      union all select v.id, v.id, v.created_at, null, coalesce(nullif(w.name, ''), w.handle)
      from ${events} v join ${actors} w on w.id = v.organizer_id where ${arrived} and v.status <> 'cancelled'`,
    things: allOut,
  },
  posts: {
    holders: readers,
    rows: sql`select v.id as event_id, v.id, v.published_at as at, v.actor_id, coalesce(nullif(w.name, ''), w.handle) as name
      from ${posts} v join ${actors} w on w.id = v.group_id and w.host is null where v.state = 'published'
      union all select v.id, v.id, v.created_at, null, coalesce(nullif(w.name, ''), w.handle)
      from ${posts} v join ${actors} w on w.id = v.group_id
      where v.state = 'published' and v.published_at > now() - interval '16 days' and ${justCame}`,
    things: postsOut,
  },
};

/** Not told: one's own doings, and those before one began to help. */
const news = (subject: NewsSubject): SQL => sql`from (${facts[subject].rows}) f
  join (${facts[subject].things ?? eventsOut}) e on e.id = f.event_id
  join (${facts[subject].holders}) h on h.event_id = f.event_id and f.at >= coalesce(h.since, '-infinity')
  left join ${actors} own on own.id = f.actor_id and own.account_id = h.account_id
  where own.id is null`;

export type Waiting = {
  accountId: string;
  timezone: string;
  cadence: Cadence;
  /** Until when they know; `choice` is what their row of choices says of it. */
  since: Date;
  choice: Date | null;
  /** When the first that they do not know happened. */
  first: Date;
  /** A mail of this kind was written to them in the last ten minutes. */
  rested: boolean;
};

type WaitingRow = Omit<Waiting, "since" | "choice" | "first"> & { since: string; choice: string | null; first: string };

/** How many accounts are looked at together. */
export const page = 1_000;

/**
 * Whom there is something new to tell, a page of accounts from `after` (an id) on. Of half a month: what is older was told, or nobody wished
 * to know. By `participations_arrivals`, `comments_arrivals`, `events_announced`, `events_upcoming` and `posts_published`, then by primary keys and `event_staff_once`.
 */
export async function listWaiting(db: Db, subject: NewsSubject, after: string | null = null): Promise<Waiting[]> {
  const since = sql`coalesce(c.told_at, a.created_at)`;
  const rows = await db.execute<WaitingRow>(sql`
    select a.id as "accountId", a.timezone, coalesce(c.cadence, ${defaults[subject]}) as cadence,
      ${since} as since, c.told_at as choice, min(n.at) as first,
      not exists (select 1 from mails m where m.account_id = a.id and m.message = 'organizer-news'
        and m.data ->> 'subject' = ${subject} and m.created_at > now() - interval '10 minutes') as rested
    from (select h.account_id, f.at ${news(subject)} and f.at > now() - interval '15 days') n
    join ${accounts} a on a.id = n.account_id and a.state = 'active' and a.confirmed_at is not null
    left join ${notificationChoices} c on c.account_id = a.id and c.subject = ${subject}
    where coalesce(c.cadence, ${defaults[subject]}) <> 'off' and n.at >= ${since}
      and ${after ? sql`a.id > ${after}` : sql`true`}
    group by a.id, c.account_id, c.subject
    order by a.id
    limit ${page}`);
  return rows.map((row) => ({
    ...row,
    since: new Date(row.since),
    first: new Date(row.first),
    choice: row.choice === null ? null : new Date(row.choice),
  }));
}

/**
 * The latest moment of which nothing is written any more: no transaction that is still open began before it. What is told
 * up to it misses nobody whose act is not yet to be seen.
 */
export async function getSettledMoment(db: Db): Promise<Date> {
  const [row] = await db.execute<{ at: string }>(sql`
    select greatest(least(now(), min(xact_start)), now() - interval '2 minutes') as at from pg_stat_activity
    where datname = current_database()`);
  return new Date(row!.at);
}

type NewsOfEvent = {
  id: string;
  name: string;
  count: number;
  /** The first five, as the organiser's page names them; "" for who gave none. */
  names: string[];
  startTime: Date;
  /** Null: of what has no place of its own. */
  timezone: string | null;
  allDay: boolean;
};

type NewsRow = Omit<NewsOfEvent, "startTime"> & { startTime: string };

/**
 * What was new to an account between two moments and still stands, by event or post, the first to begin or come out first, 50 at most. By
 * `participations_list` and `comments_event`, within the events that the account runs.
 */
export async function listNews(
  db: Db,
  accountId: string,
  { subject, since, until }: { subject: NewsSubject; since: Date; until: Date },
): Promise<NewsOfEvent[]> {
  const rows = await db.execute<NewsRow>(sql`
    select n.id, n.name, n.start_time as "startTime", n.timezone, n.all_day as "allDay",
      count(*)::int as count, (array_agg(n.by order by n.at, n.fact))[1:5] as names
    from (select distinct e.*, f.id as fact, f.at, f.name as by ${news(subject)} and h.account_id = ${accountId}
      and f.at >= ${since.toISOString()}::timestamptz and f.at < ${until.toISOString()}::timestamptz) n
    group by n.id, n.name, n.start_time, n.timezone, n.all_day
    order by n.start_time, n.id
    limit 50`);
  return rows.map((row) => ({ ...row, startTime: new Date(row.startTime) }));
}
