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
  /** When the first was written that they know nothing of; null: nothing was, by others. */
  first: Date | null;
  /** One of them names the member. */
  named: boolean;
  /** A mail about this discussion was written to them in the last ten minutes. */
  rested: boolean;
};

type PendingRow = Omit<Pending, "since" | "told" | "first"> &
  Record<"since", string> &
  Record<"told" | "first", string | null>;

/** How many pairs of account and discussion are looked at together. */
export const page = 1_000;

const cadence = sql`coalesce(r.cadence, c.cadence, ${defaults.discussions})`;
const since = sql`greatest(s.joined_at, r.told_at, c.told_at)`;

/** Members with an account (`a`) of groups beside their discussions (`d`), and what each chose (`r`, `c`). */
const readers = ({ beside = sql``, where }: { beside?: SQL; where: SQL }): SQL => sql`
  select a.id as account_id, a.timezone, d.id as discussion_id, r.told_at, r.read_at, ${cadence} as cadence,
    min(s.joined_at) as joined_at, min(${since}) as since
  from ${discussions} d
  join ${actors} g on g.id = d.group_id and g.deleted_at is null and g.suspended_at is null
  join ${memberships} s on s.group_id = d.group_id and s.state = 'member'
  join ${actors} p on p.id = s.member_id
  join ${accounts} a on a.id = p.account_id and a.state = 'active' and a.confirmed_at is not null
  left join ${discussionReaders} r on r.discussion_id = d.id and r.account_id = a.id
  left join ${notificationChoices} c on c.account_id = a.id and c.subject = 'discussions'
  ${beside}
  where d.deleted_at is null and ${cadence} <> 'off' and ${where}
  group by a.id, d.id, r.discussion_id, r.account_id, c.account_id, c.subject`;

/** What others wrote in a discussion (`o`) since a moment that the account has not read, and have not deleted. */
const unknown = sql`${discussionMessages} m join ${actors} w on w.id = m.actor_id
  where m.discussion_id = o.discussion_id and m.deleted_at is null and m.created_at >= o.since
    and (o.read_at is null or m.created_at > o.read_at) and w.account_id is distinct from o.account_id`;

/** What is older was told, or nobody wished to know. */
const lively = sql`now() - interval '15 days'`;

/** When the window began that is open for whoever gathers so, by the clocks of a zone. */
type OpenWindow = { cadence: Cadence; timezone: string; began: Date };

/** The zones by whose clocks people live here. */
export async function listZones(db: Db): Promise<string[]> {
  const rows = await db.execute<{ timezone: string }>(sql`select distinct timezone from ${accounts}`);
  return rows.map(({ timezone }) => timezone);
}

/**
 * Whom there may be something to tell now that was written in a discussion, and that they have not read: those who hear
 * at once, whose window has passed, or who are named; a page of pairs behind `after`. By `discussions_lively`,
 * `memberships_list`, `discussion_messages_list`, and primary keys.
 */
export async function listPending(
  db: Db,
  windows: OpenWindow[],
  after: Pick<Pending, "accountId" | "discussionId"> | null = null,
): Promise<Pending[]> {
  const beside = sql`
    left join jsonb_to_recordset(${JSON.stringify(windows)}::jsonb) as o(cadence text, timezone text, began timestamptz)
      on o.cadence = ${cadence} and o.timezone = a.timezone
    left join named n on n.account_id = a.id and n.discussion_id = d.id`;
  const where = sql`d.message_at > ${lively} and d.message_at >= ${since} and (r.read_at is null or d.message_at > r.read_at)
    and (${cadence} = 'at-once' or ${since} < o.began or n.at >= ${since})
    ${after ? sql`and (a.id, d.id) > (${after.accountId}::uuid, ${after.discussionId}::uuid)` : sql``}
    `;
  const rows = await db.execute<PendingRow>(sql`
    with named as materialized (
      select q.account_id, m.discussion_id, max(m.created_at) as at
      from ${discussions} d join ${discussionMessages} m on m.discussion_id = d.id and m.created_at > ${lively}
      cross join jsonb_array_elements(m.mentions) e
      join ${actors} q on q.id = (e ->> 'actorId')::uuid and q.account_id is not null
      where d.deleted_at is null and d.message_at > ${lively} and m.mentions <> '[]'
      group by q.account_id, m.discussion_id)
    select o.account_id as "accountId", o.discussion_id as "discussionId", o.timezone, o.cadence, o.since,
      o.told_at as told, f.first,
      coalesce(n.at >= o.since and (o.read_at is null or n.at > o.read_at), false) as named,
      not exists (select 1 from mails x where x.account_id = o.account_id and x.message = 'discussion-news'
        and x.data ->> 'discussionId' = o.discussion_id::text and x.created_at > now() - interval '10 minutes') as rested
    from (${readers({ beside, where })} order by a.id, d.id limit ${page}) o
    left join named n on n.account_id = o.account_id and n.discussion_id = o.discussion_id
    left join lateral (select m.created_at as first from ${unknown} order by m.created_at limit 1) f on true
    order by o.account_id, o.discussion_id`);
  const dated = (at: string | null) => (at === null ? null : new Date(at));
  return rows.map((row) => ({
    ...row,
    since: new Date(row.since),
    first: dated(row.first),
    told: dated(row.told),
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
  { discussionId, since: from, until }: { discussionId: string; since: Date; until: Date },
): Promise<DiscussionNews | null> {
  const [row] = await db.execute<DiscussionNews>(sql`
    select json_build_object('id', d.id, 'name', d.name) as discussion,
      json_build_object('name', coalesce(nullif(g.name, ''), g.handle), 'handle', g.handle) as "group",
      count(*)::int as count,
      json_agg(json_build_object('id', n.id, 'name', n.name, 'content', n.content, 'mediaType', n.media_type)
        order by n.place) filter (where n.place <= 5) as messages
    from (
      select o.account_id, o.discussion_id, o.read_at, greatest(o.joined_at, ${from.toISOString()}::timestamptz) as since
      from (${readers({ where: sql`d.id = ${discussionId} and a.id = ${accountId}` })}) o) o
    cross join lateral (
      select m.id, m.content, m.media_type, coalesce(nullif(w.name, ''), w.handle) as name,
        row_number() over (order by m.created_at, m.id) as place
      from ${unknown} and m.created_at < ${until.toISOString()}::timestamptz) n
    join ${discussions} d on d.id = o.discussion_id
    join ${actors} g on g.id = d.group_id
    group by d.id, g.id`);
  return row ?? null;
}

/**
 * A message in which an account is named since its words changed (`at`), as a mail tells it; null when it is not any more,
 * they are no member, wish to hear nothing of the discussion, or have not read the message and hear of it as news. By primary
 * keys, `memberships_list`, `mails_account`.
 */
export async function getNaming(
  db: Db,
  accountId: string,
  { messageId, at }: { messageId: string; at: Date },
): Promise<DiscussionNews | null> {
  const where = sql`a.id = ${accountId} and d.id = (select m.discussion_id from ${discussionMessages} m where m.id = ${messageId})`;
  const [row] = await db.execute<DiscussionNews>(sql`
    select json_build_object('id', d.id, 'name', d.name) as discussion,
      json_build_object('name', coalesce(nullif(g.name, ''), g.handle), 'handle', g.handle) as "group", 1 as count,
      json_build_array(json_build_object('id', m.id, 'name', coalesce(nullif(w.name, ''), w.handle),
        'content', m.content, 'mediaType', m.media_type)) as messages
    from (${readers({ where })}) o
    join ${discussionMessages} m on m.id = ${messageId} and m.deleted_at is null
    join ${actors} w on w.id = m.actor_id and w.account_id is distinct from o.account_id
    join ${discussions} d on d.id = o.discussion_id
    join ${actors} g on g.id = d.group_id
    where exists (select 1 from jsonb_array_elements(m.mentions) e
        join ${actors} q on q.id = (e ->> 'actorId')::uuid where q.account_id = o.account_id)
      and not ((o.read_at is null or m.created_at > o.read_at) and (
        m.created_at > ${lively} and m.created_at >= o.since
        or exists (select 1 from mails x where x.account_id = o.account_id and x.message = 'discussion-news'
          and x.data ->> 'discussionId' = d.id::text and x.created_at >= ${at.toISOString()}::timestamptz
          and m.created_at >= (x.data ->> 'since')::timestamptz and m.created_at < (x.data ->> 'until')::timestamptz)))`);
  return row ?? null;
}
