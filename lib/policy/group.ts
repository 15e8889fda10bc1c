import { inArray, type SQL, sql } from "drizzle-orm";
import { schema } from "#db/client.ts";
import type { Viewer } from "./viewer.ts";

const { actors, memberships } = schema;

/** What one can be in a group, the least first. */
export const groupRoles = ["member", "moderator", "administrator"] as const;
export type GroupRole = (typeof groupRoles)[number];

/** Who may do what in a group. */
const rights = {
  /** See what is for members alone: who they are, their events, what they write. */
  see: ["member", "moderator", "administrator"],
  /** Write to the other members. */
  discuss: ["member", "moderator", "administrator"],
  /** Put links and folders where the other members find them. */
  share: ["member", "moderator", "administrator"],
  /** Make events in its name and run them; members too, where the group lets them. */
  organise: ["moderator", "administrator"],
  /** Write posts in its name, and share their drafts. */
  publish: ["moderator", "administrator"],
  /** Decide about what others wrote. */
  moderate: ["moderator", "administrator"],
  /** Ask people in. */
  invite: ["moderator", "administrator"],
  /** Answer those who ask to come in. */
  decide: ["moderator", "administrator"],
  /** Send members away who have less of a role. */
  remove: ["moderator", "administrator"],
  /** Give roles and take them. */
  promote: ["administrator"],
  /** Change what it says of itself, and its rules. */
  settings: ["administrator"],
  /** Lead it to another server, and say which groups have become it. */
  move: ["administrator"],
  /** End it. */
  close: ["administrator"],
} as const satisfies Record<string, readonly GroupRole[]>;

export type GroupRight = keyof typeof rights;
export const allGroupRights = Object.keys(rights) as GroupRight[];

/** What somebody is in a group, and what it lets all of its members do. */
export type Standing = { role: GroupRole | null; membersOrganise: boolean };

/** Whether a standing in a group holds a right there. */
export const mayIn = ({ role, membersOrganise }: Standing, right: GroupRight): boolean =>
  role !== null &&
  ((rights[right] as readonly GroupRole[]).includes(role) || (right === "organise" && membersOrganise));

/** Whether anything new may begin in a group: once it has moved away, what is there goes on, and no more. */
export const takesNew = ({ movedTo }: { movedTo: string | null }): boolean => movedTo === null;

/** Whether one role is more than another. */
export const outranks = (role: GroupRole | null, other: GroupRole): boolean =>
  role !== null && groupRoles.indexOf(role) > groupRoles.indexOf(other);

const idsOf = (viewer: Viewer): string[] =>
  viewer.kind === "account" ? viewer.actorIds : viewer.kind === "remote" ? [viewer.actorId] : [];

const among = (ids: string[]) => sql`m.state = 'member' and ${inArray(sql`m.member_id`, ids)}`;

/** A group whose members may do things for it: not taken away, and of this server. */
const there = sql`g.type = 'Group' and g.deleted_at is null and g.suspended_at is null`;
const acts = sql`${there} and g.host is null`;

/**
 * A column beside `actors`: what the viewer is in the group, or null; of several profiles, what the best of them is.
 * By `memberships_pair`.
 */
export function groupRoleOf(viewer: Viewer): SQL<GroupRole | null> {
  if (viewer.kind === "operator") return sql<GroupRole | null>`'administrator'`;
  const ids = idsOf(viewer);
  if (ids.length === 0) return sql<GroupRole | null>`null::text`;
  return sql<GroupRole | null>`(select m.role from ${memberships} m where m.group_id = actors.id and ${among(ids)}
    order by m.role = 'administrator' desc, m.role = 'moderator' desc limit 1)`;
}

/** A column beside `actors`: as which profile the viewer is that; null for others and the operator. By `memberships_pair`. */
export function groupMemberOf(viewer: Viewer): SQL<string | null> {
  const ids = idsOf(viewer);
  if (ids.length === 0) return sql<string | null>`null::uuid`;
  return sql<string | null>`(select m.member_id from ${memberships} m where m.group_id = actors.id and ${among(ids)}
    order by m.role = 'administrator' desc, m.role = 'moderator' desc limit 1)`;
}

/**
 * The ids of the groups of this server, or with `anywhere` also of others, in which one of the actors holds a right. By
 * `memberships_member`.
 */
const groupIds = (ids: string[], right: GroupRight, { anywhere = false }: Where = {}): SQL => {
  const whose = sql`${inArray(sql`m.role`, [...rights[right]])}${right === "organise" ? sql` or g.members_organise` : sql``}`;
  return sql`select m.group_id from ${memberships} m join ${actors} g on g.id = m.group_id
    where ${among(ids)} and ${anywhere ? there : acts} and (${whose})`;
};

type Where = {
  /** Also groups of other servers, which decide there. */
  anywhere?: boolean;
};

/**
 * The ids of the groups of this server, or with `anywhere` also of others, in which the viewer, no operator, holds the right;
 * another server sees what any of its people sees. By `memberships_member`, for a server also `actors_host`.
 */
export function groupIdsWhere(viewer: Viewer, right: GroupRight, where: Where = {}): SQL {
  if (viewer.kind === "server" && right === "see")
    return sql`select m.group_id from ${memberships} m join ${actors} g on g.id = m.group_id join ${actors} p on p.id = m.member_id
      where m.state = 'member' and ${acts} and p.host = ${viewer.host} and p.deleted_at is null and p.suspended_at is null`;
  const ids = idsOf(viewer);
  return ids.length === 0 ? sql`select id from ${actors} where false` : groupIds(ids, right, where);
}

/** The same as a filter over `actors`. */
export function groupsWhere(viewer: Viewer, right: GroupRight, where: Where = {}): SQL {
  const here = sql`actors.type = 'Group' and actors.host is null and actors.deleted_at is null and actors.suspended_at is null`;
  if (viewer.kind === "operator") return here;
  return sql`actors.id in (${groupIdsWhere(viewer, right, where)})`;
}

/**
 * A filter over `actors`: the groups, of this server or another, whose members' words the viewer reads: a member; or a
 * server, of which somebody is one. By `memberships_member`, for a server also `actors_host`.
 */
export function groupsReadBy(viewer: Viewer): SQL {
  const there = sql`actors.type = 'Group' and actors.deleted_at is null and actors.suspended_at is null`;
  if (viewer.kind === "operator") return there;
  const whose =
    viewer.kind === "server"
      ? sql`m.state = 'member' and m.member_id in (select p.id from ${actors} p
          where p.host = ${viewer.host} and p.deleted_at is null and p.suspended_at is null)`
      : idsOf(viewer).length > 0
        ? among(idsOf(viewer))
        : sql`false`;
  return sql`(${there} and actors.id in (select m.group_id from ${memberships} m where ${whose}))`;
}

/**
 * A filter over `actors`: in whose name the viewer may make events, also groups of other servers; none that has moved away. By
 * primary key, `memberships_member`.
 */
export function organisersWhere(viewer: Viewer): SQL {
  if (viewer.kind === "operator") return sql`true`;
  if (viewer.kind !== "account" || viewer.actorIds.length === 0) return sql`false`;
  const makes = groupIds(viewer.actorIds, "organise", { anywhere: true });
  return sql`(${inArray(sql`actors.id`, viewer.actorIds)} or actors.moved_to is null and actors.id in (${makes}))`;
}

/** Of a membership `m`: whether it makes somebody as whose an event is, by its column there. */
const leads = (authorId: SQL) => sql`(m.role = 'administrator' or m.member_id is not distinct from ${authorId})`;

/**
 * A column beside `events`: what the members of the group whose event it is are to it, where the event lives here; the group may
 * be of another server. An administrator, and who makes it for a group elsewhere, is as whose it is, whoever else makes the
 * group's events as a co-organiser. By `memberships_pair`.
 */
export const eventRoleByGroup = (ids: string[]): SQL => sql`(
  select case when ${leads(sql`events.author_id`)} then 'owner' else 'organizer' end
  from ${memberships} m join ${actors} g on g.id = m.group_id
  where m.group_id = events.organizer_id and events.uri is null and ${among(ids)} and ${there}
    and (${inArray(sql`m.role`, [...rights.organise])} or g.members_organise)
  order by ${leads(sql`events.author_id`)} desc limit 1)`;

/** A column beside `events`: whether the viewer makes it as a member of its group. By `memberships_pair`. */
export const organisesByGroup = (viewer: Viewer): SQL<boolean> => {
  const ids = viewer.kind === "account" ? viewer.actorIds : [];
  return ids.length === 0 ? sql<boolean>`false` : sql<boolean>`(${eventRoleByGroup(ids)} is not null)`;
};

/** The ids of the events of groups where the actors are that. By `memberships_member`, `events_organizer`, `events_author`. */
export function eventIdsByGroup(ids: string[], as: "owner" | "organizer"): SQL {
  const makes = groupIds(ids, "organise", { anywhere: true });
  const own = sql`${inArray(sql`o.author_id`, ids)} and o.organizer_id in (${makes})`;
  return as === "organizer"
    ? sql`select o.id from ${schema.events} o where o.organizer_id in (${makes}) and o.uri is null`
    : sql`select o.id from ${schema.events} o where o.organizer_id in (${groupIds(ids, "close", { anywhere: true })}) and o.uri is null
        union all select o.id from ${schema.events} o where ${own}`;
}

/**
 * Rows `event_id, account_id, since`: those of this server who lead the group whose event it is, since they are in it.
 * Members whom the group lets organise may do as much, but need not hear of everything. By `memberships_leaders`.
 */
export const eventHoldersByGroup = (as: "owner" | "organizer"): SQL => sql`
  select o.id as event_id, p.account_id, m.joined_at as since
  from ${schema.events} o join ${memberships} m on m.group_id = o.organizer_id and m.state = 'member'
  join ${actors} g on g.id = m.group_id and ${there} join ${actors} p on p.id = m.member_id
  where p.account_id is not null and m.role <> 'member' and o.uri is null
    and (${inArray(sql`m.role`, [...rights[as === "owner" ? "close" : "organise"]])} or m.member_id = o.author_id)`;

/** What is for followers or members alone, and one of the actors is one. Members see what followers see. */
const amongUs = (member: SQL, follower: SQL): SQL => sql`(
  events.visibility in ('followers', 'members') and events.organizer_id in (
    select m.group_id from ${memberships} m where m.state = 'member' and ${member})
  or events.visibility = 'followers' and events.organizer_id in (
    select f.followed_id from ${schema.follows} f where f.state = 'accepted' and ${follower}))`;

/**
 * What is made here for a group of that server, which alone knows who of its people belong to it: that it shows this to no
 * others is its word, which is trusted. By `actors_host`.
 */
const ofGroupAt = (host: SQL): SQL => sql`(events.uri is null and events.author_id is not null
  and events.organizer_id in (select g.id from ${actors} g where g.host = ${host} and ${there}))`;

/** A filter over `events`: what the viewer sees as a follower or a member. By `memberships_member`, `follows_pair`, for a server by `actors_host`. */
export function eventsAmongUs(viewer: Viewer): SQL {
  if (viewer.kind === "server") {
    const theirs = sql`(select p.id from ${actors} p where p.host = ${viewer.host} and p.deleted_at is null and p.suspended_at is null)`;
    return sql`(${amongUs(sql`m.member_id in ${theirs}`, sql`f.follower_id in ${theirs}`)} or ${ofGroupAt(sql`${viewer.host}`)})`;
  }
  const ids = idsOf(viewer);
  if (viewer.kind === "remote") {
    const host = sql`(select p.host from ${actors} p where p.id = ${viewer.actorId} and p.suspended_at is null)`;
    return sql`(${amongUs(sql`m.member_id = ${viewer.actorId}`, sql`f.follower_id = ${viewer.actorId}`)} or ${ofGroupAt(host)})`;
  }
  return ids.length === 0
    ? sql`false`
    : amongUs(sql`${inArray(sql`m.member_id`, ids)}`, sql`${inArray(sql`f.follower_id`, ids)}`);
}

/** The same over `events` and `participations`, of whoever takes part: also who was let in without a profile. */
export const participantAmongUs = (): SQL =>
  sql`(participations.actor_id is null or ${amongUs(
    sql`m.member_id = participations.actor_id`,
    sql`f.follower_id = participations.actor_id`,
  )} or ${ofGroupAt(sql`(select p.host from ${actors} p where p.id = participations.actor_id)`)})`;
