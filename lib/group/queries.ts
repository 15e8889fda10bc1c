import { and, asc, eq, getTableColumns, gt, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { containing, nameOf } from "#lib/actor/queries.ts";
import { isId } from "#lib/ids.ts";
import {
  type GroupRight,
  type GroupRole,
  groupMemberOf,
  groupRoleOf,
  groupsReadBy,
  groupsWhere,
  organisersWhere,
} from "#lib/policy/group.ts";
import { postsListedTo } from "#lib/policy/post.ts";
import type { AccountViewer, Viewer } from "#lib/policy/viewer.ts";

const { actors, memberships } = schema;

export type DeskGroup = NonNullable<Awaited<ReturnType<typeof getDeskGroup>>>;

/**
 * A group of this server, or with `anywhere` also of another, where the viewer holds a right, with what they are there; else
 * null. By primary key, `memberships_member`.
 */
export async function getDeskGroup(db: Db, viewer: Viewer, id: string, right: GroupRight, where = { anywhere: false }) {
  if (!isId(id)) return null;
  const [row] = await db
    .select({ ...getTableColumns(actors), role: groupRoleOf(viewer), actorId: groupMemberOf(viewer) })
    .from(actors)
    .where(and(eq(actors.id, id), groupsWhere(viewer, right, where)));
  return row ?? null;
}

/** A group, also of another server, of which the viewer is a member; else null. By primary key, `memberships_member`. */
export async function getOwnGroup(db: Db, viewer: Viewer, id: string) {
  const [row] = await db
    .select()
    .from(actors)
    .where(and(eq(actors.id, id), groupsReadBy(viewer)));
  return row ?? null;
}

const named = sql<string>`${nameOf(actors)}`;

/** In whose name the viewer may make events: their profiles in their order, then the groups by name, also of other servers, sixty at most. By primary key, `memberships_member`. */
export async function listOrganisers(db: Db, viewer: AccountViewer) {
  const rows = await db
    .select({
      id: actors.id,
      type: actors.type,
      name: actors.name,
      handle: actors.handle,
      host: actors.host,
    })
    .from(actors)
    .where(and(organisersWhere(viewer), isNull(actors.deletedAt)))
    .orderBy(named, asc(actors.id))
    .limit(60);
  const rank = ({ id }: { id: string }) => viewer.actorIds.indexOf(id) + 1 || viewer.actorIds.length + 1;
  return rows.sort((a, b) => rank(a) - rank(b));
}

export type OwnGroup = Awaited<ReturnType<typeof listOwnGroups>>[number];

/** The groups that one belongs to or has asked to, with what one is there, by name, 200 at most. By `memberships_member`. */
export const listOwnGroups = (db: Db, viewer: AccountViewer) =>
  viewer.actorIds.length === 0
    ? Promise.resolve([])
    : db
        .select({
          id: actors.id,
          handle: actors.handle,
          host: actors.host,
          name: named,
          locality: actors.locality,
          tone: actors.tone,
          iconId: actors.iconId,
          movedTo: actors.movedTo,
          membershipId: memberships.id,
          role: sql<GroupRole>`${memberships.role}`,
          state: memberships.state,
          /** Whether one makes its events, and so has a desk there. */
          organises: sql<boolean>`${groupsWhere(viewer, "organise", { anywhere: true })}`,
          /** Requests that wait for an answer. By `memberships_list`. */
          requests: sql<number>`case when ${memberships.role} = 'member' then 0 else (
            select count(*)::int from memberships r where r.group_id = ${actors.id} and r.state = 'requested') end`,
        })
        .from(memberships)
        .innerJoin(actors, eq(actors.id, memberships.groupId))
        .where(
          and(
            inArray(memberships.memberId, viewer.actorIds),
            inArray(memberships.state, ["member", "requested"]),
            isNull(actors.deletedAt),
            isNull(actors.suspendedAt),
          ),
        )
        .orderBy(named, asc(actors.id))
        .limit(200);

/** A post of a group, as the group's page shows it. */
type LatestPost = {
  id: string;
  name: string;
  content: string;
  mediaType: string;
  language: string;
  visibility: string;
  publishedAt: Date;
  cover: { id: string; name: string; width: number; height: number } | null;
};

export type GroupFacts = NonNullable<Awaited<ReturnType<typeof getGroupFacts>>>;

/** Somebody among the members, as the group's page names them. */
export type ShownMember = { handle: string; host: string | null; name: string; iconId: string | null; role: GroupRole };

/**
 * What a group's page tells besides who it is: how many members it has, some of those whose names may show (its leaders
 * first), its latest three posts, and what the viewer is to it, by the best of their profiles. By `memberships_list`,
 * `memberships_pair`, `follows_pair`, `posts_list`.
 */
export async function getGroupFacts(db: Db, viewer: Viewer, group: { id: string; membersShown: boolean }) {
  const ids = viewer.kind === "account" ? viewer.actorIds : [];
  const among = sql.param(ids);
  const people = group.membersShown
    ? sql`(select json_agg(row_to_json(s)) from (
        select a.handle, a.host, coalesce(nullif(a.name, ''), a.handle) as name, a.icon_id as "iconId", m.role
        from memberships m join actors a on a.id = m.member_id
        where m.group_id = ${group.id} and m.state = 'member' and m.shown and a.deleted_at is null and a.suspended_at is null
        order by m.role = 'administrator' desc, m.role = 'moderator' desc, m.id limit 12) s)`
    : sql`null`;
  const posts = sql`(select json_agg(row_to_json(s)) from (
      select posts.id, posts.name, left(posts.content, 1500) as content, posts.media_type as "mediaType", posts.language,
        posts.visibility, posts.published_at as "publishedAt",
        (select json_build_object('id', c.id, 'name', c.name, 'width', c.width, 'height', c.height)
          from media c where c.id = posts.cover_id and c.path is not null) as cover
      from posts where posts.group_id = ${group.id} and posts.state = 'published' and ${postsListedTo(viewer)}
      order by posts.published_at desc, posts.id desc limit 3) s)`;
  const [row] = await db.execute<{
    members: number;
    people: ShownMember[] | null;
    posts: (Omit<LatestPost, "publishedAt"> & { publishedAt: string })[] | null;
    belonging: { id: string; role: GroupRole; state: string; shown: boolean } | null;
    follows: boolean;
  }>(sql`select
    (select count(*)::int from memberships m where m.group_id = ${group.id} and m.state = 'member') as members,
    ${people} as people,
    ${posts} as posts,
    (select json_build_object('id', m.id, 'role', m.role, 'state', m.state, 'shown', m.shown)
      from memberships m where m.group_id = ${group.id} and m.member_id = any(${among}::uuid[])
      order by m.state = 'member' desc, m.role = 'administrator' desc, m.role = 'moderator' desc, m.state = 'invited' desc, m.state = 'requested' desc
      limit 1) as belonging,
    exists (select 1 from follows f where f.followed_id = ${group.id} and f.state = 'accepted' and f.follower_id = any(${among}::uuid[])) as follows`);
  const latest = (row!.posts ?? []).map((post): LatestPost => ({ ...post, publishedAt: new Date(post.publishedAt) }));
  return { ...row!, people: row!.people ?? [], posts: latest };
}

/** For whose eyes events may be that somebody sees on a group's page, besides everybody's. */
export const audienceOf = ({
  belonging,
  follows,
}: {
  belonging: { state: string } | null;
  follows: boolean;
}): ("followers" | "members")[] =>
  belonging?.state === "member" ? ["followers", "members"] : follows ? ["followers"] : [];

export type GroupListed = Awaited<ReturnType<typeof listGroups>>[number];

/**
 * One page of the public groups of this server that are still there, by handle: those whose words and town are all found in
 * what they say of themselves. By `actors_groups`, without words `actors_groups_order`.
 */
export async function listGroups(
  db: Db,
  { words, town, after, limit }: { words: string; town: string; after?: string; limit: number },
) {
  const listed = sql`type = 'Group' and visibility = 'public' and deleted_at is null and suspended_at is null`;
  const told = sql`name || ' ' || handle || ' ' || coalesce(locality, '') || ' ' || summary`;
  const parts = words.split(/\s+/).filter(Boolean).slice(0, 8);
  const wanted: SQL[] = parts.map((word) => containing(told, word));
  // The town is found by the index too: it is part of what is told.
  if (town) wanted.push(containing(told, town), containing(actors.locality, town));
  return db
    .select({
      id: actors.id,
      handle: actors.handle,
      name: named,
      summary: actors.summary,
      locality: actors.locality,
      tone: actors.tone,
      iconId: actors.iconId,
      openness: actors.openness,
      /** The next public event. By `events_organizer`. */
      next: sql<NextEvent | null>`(select json_build_object('id', e.id, 'name', e.name, 'startTime', e.start_time, 'endTime', e.end_time,
          'endWall', e.end_wall, 'timezone', e.timezone, 'allDay', e.all_day)
        from events e where e.organizer_id = actors.id and e.listed and e.start_time > now()
        order by e.start_time, e.id limit 1)`,
    })
    .from(actors)
    .where(
      and(listed, isNull(actors.host), isNull(actors.movedTo), ...wanted, after ? gt(actors.handle, after) : undefined),
    )
    .orderBy(asc(actors.handle))
    .limit(limit);
}

/** As raw rows carry it: instants as text. */
type NextEvent = {
  id: string;
  name: string;
  startTime: string;
  endTime: string;
  endWall: string | null;
  timezone: string;
  allDay: boolean;
};
