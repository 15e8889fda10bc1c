import { type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { type Cadence, defaults } from "../choice/matrix.ts";

const { accounts, actors, discussionMessages, discussionReaders, discussions, memberships, notificationChoices } =
  schema;

export type Pending = {
  accountId: string;
  discussionId: string;
  timezone: string;
  cadence: Cadence;
  /** Until when they know; `told` is what their row of readers says of it. */
  since: Date;
  told: Date | null;
  /** When the first was written that they know nothing of. */
  first: Date;
  /** One of them names the member. */
  named: boolean;
  /** A mail about this discussion was written to them in the last ten minutes. */
  rested: boolean;
};

type PendingRow = Omit<Pending, "since" | "told" | "first"> & { since: string; told: string | null; first: string };

/** How many pairs of account and discussion are looked at together. */
export const page = 1_000;

/** Members with an account (`a`) of groups of this server beside their discussions (`d`), and what each chose (`r`, `c`). */
const readers = (where: SQL): SQL => sql`
  select a.id as account_id, a.timezone, d.id as discussion_id, d.message_at, r.told_at, r.read_at,
    coalesce(r.cadence, c.cadence, ${defaults.discussions}) as cadence,
    min(s.joined_at) as joined_at, greatest(min(s.joined_at), r.told_at, c.told_at) as since
  from ${discussions} d
  join ${actors} g on g.id = d.group_id and g.host is null and g.deleted_at is null and g.suspended_at is null
  join ${memberships} s on s.group_id = d.group_id and s.state = 'member'
  join ${actors} p on p.id = s.member_id
  join ${accounts} a on a.id = p.account_id and a.state = 'active' and a.confirmed_at is not null
  left join ${discussionReaders} r on r.discussion_id = d.id and r.account_id = a.id
  left join ${notificationChoices} c on c.account_id = a.id and c.subject = 'discussions'
  where d.deleted_at is null and ${where}
  group by a.id, d.id, r.discussion_id, r.account_id, c.account_id, c.subject`;

/** What others wrote in a discussion (`o`) since a moment that the account has not read, and have not deleted. */
const unknown = sql`${discussionMessages} m join ${actors} w on w.id = m.actor_id
  where m.discussion_id = o.discussion_id and m.deleted_at is null and m.created_at >= o.since
    and (o.read_at is null or m.created_at > o.read_at) and w.account_id is distinct from o.account_id`;

/**
 * Whom there is something to tell that was written in a discussion, and that they have not read: a page of pairs behind
 * `after`. Of half a month: what is older was told, or nobody wished to know. By `discussions_lively`, `memberships_list`,
 * `discussion_messages_list`, and primary keys.
 */
export async function listPending(
  db: Db,
  after: Pick<Pending, "accountId" | "discussionId"> | null = null,
): Promise<Pending[]> {
  const rows = await db.execute<PendingRow>(sql`
    select o.account_id as "accountId", o.discussion_id as "discussionId", o.timezone, o.cadence, o.since,
      o.told_at as told, n.first, n.named,
      not exists (select 1 from mails x where x.account_id = o.account_id and x.message = 'discussion-news'
        and x.data ->> 'discussionId' = o.discussion_id::text and x.created_at > now() - interval '10 minutes') as rested
    from (${readers(sql`d.message_at > now() - interval '15 days'`)}) o
    cross join lateral (
      select min(m.created_at) as first, coalesce(bool_or(exists (
        select 1 from jsonb_array_elements(m.mentions) e join ${actors} q on q.id = (e ->> 'actorId')::uuid
        where q.account_id = o.account_id)), false) as named
      from ${unknown}) n
    where o.cadence <> 'off' and o.message_at >= o.since and (o.read_at is null or o.message_at > o.read_at)
      and n.first is not null
      ${after ? sql`and (o.account_id, o.discussion_id) > (${after.accountId}, ${after.discussionId})` : sql``}
    order by o.account_id, o.discussion_id
    limit ${page}`);
  return rows.map((row) => ({
    ...row,
    since: new Date(row.since),
    first: new Date(row.first),
    told: row.told === null ? null : new Date(row.told),
  }));
}

export type DiscussionNews = {
  discussion: { id: string; name: string };
  group: { name: string; handle: string };
  count: number;
  /** The first five. */
  messages: { id: string; name: string; content: string; mediaType: string }[];
};

/**
 * What others wrote in a discussion between two moments, as a mail tells it; null when the account is no member any more,
 * wishes to hear nothing of it, or has read it meanwhile. By primary keys, `memberships_list`, `discussion_messages_list`.
 */
export async function getDiscussionNews(
  db: Db,
  accountId: string,
  { discussionId, since, until }: { discussionId: string; since: Date; until: Date },
): Promise<DiscussionNews | null> {
  const [row] = await db.execute<DiscussionNews>(sql`
    select json_build_object('id', d.id, 'name', d.name) as discussion,
      json_build_object('name', coalesce(nullif(g.name, ''), g.handle), 'handle', g.handle) as "group",
      count(*)::int as count,
      json_agg(json_build_object('id', n.id, 'name', n.name, 'content', n.content, 'mediaType', n.media_type)
        order by n.place) filter (where n.place <= 5) as messages
    from (
      select o.account_id, o.discussion_id, o.read_at, greatest(o.joined_at, ${since.toISOString()}::timestamptz) as since
      from (${readers(sql`d.id = ${discussionId} and a.id = ${accountId}`)}) o where o.cadence <> 'off') o
    cross join lateral (
      select m.id, m.content, m.media_type, coalesce(nullif(w.name, ''), w.handle) as name,
        row_number() over (order by m.created_at, m.id) as place
      from ${unknown} and m.created_at < ${until.toISOString()}::timestamptz) n
    join ${discussions} d on d.id = o.discussion_id
    join ${actors} g on g.id = d.group_id
    group by d.id, g.id`);
  return row ?? null;
}
