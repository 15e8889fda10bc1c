import { type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { holdersOf } from "#lib/policy/staff.ts";
import { type Cadence, defaults, type NewsSubject } from "../choice/matrix.ts";

const { accounts, actors, comments, events, follows, notificationChoices, participations } = schema;

/** Who follows whose event it is, as far as they see it, and since when. By `follows_followed`. */
const followers = sql`select o.id as event_id, p.account_id, w.created_at as since
  from ${events} o join ${follows} w on w.followed_id = o.organizer_id and w.state = 'accepted'
  join ${actors} p on p.id = w.follower_id where p.account_id is not null and o.visibility in ('public', 'followers')`;

/** What is new of an event, of each kind: rows `event_id, id, at, actor_id, name`; and who is told of it. */
const facts: Record<NewsSubject, { holders: SQL; rows: SQL }> = {
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
      where v.state = 'published' and v.uri is null and v.status <> 'cancelled' and v.end_time > now()`,
  },
};

/** Not told: one's own doings, and those before one began to help. */
const news = (subject: NewsSubject): SQL => sql`from (${facts[subject].rows}) f
  join ${events} e on e.id = f.event_id and e.state = 'published' and e.hidden_at is null and e.uri is null
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
 * to know. By `participations_arrivals`, `comments_arrivals` and `events_announced`, then by primary keys and `event_staff_once`.
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

export type NewsOfEvent = {
  id: string;
  name: string;
  count: number;
  /** The first five, as the organiser's page names them; "" for who gave none. */
  names: string[];
  startTime: Date;
  timezone: string;
  allDay: boolean;
};

type NewsRow = Omit<NewsOfEvent, "startTime"> & { startTime: string };

/**
 * What was new to an account between two moments and still stands, by event, the next event first, 50 at most. By
 * `participations_list` and `comments_event`, within the events that the account runs.
 */
export async function listNews(
  db: Db,
  accountId: string,
  { subject, since, until }: { subject: NewsSubject; since: Date; until: Date },
): Promise<NewsOfEvent[]> {
  const rows = await db.execute<NewsRow>(sql`
    select e.id, e.name, e.start_time as "startTime", e.timezone, e.all_day as "allDay",
      count(*)::int as count, (array_agg(n.name order by n.at, n.id))[1:5] as names
    from (select distinct f.event_id, f.id, f.at, f.name ${news(subject)} and h.account_id = ${accountId}
      and f.at >= ${since.toISOString()}::timestamptz and f.at < ${until.toISOString()}::timestamptz) n
    join ${events} e on e.id = n.event_id
    group by e.id
    order by e.start_time, e.id
    limit 50`);
  return rows.map((row) => ({ ...row, startTime: new Date(row.startTime) }));
}
