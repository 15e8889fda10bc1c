import { inArray, type SQL, sql } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { eventHoldersByGroup, eventIdsByGroup, eventRoleByGroup } from "./group.ts";
import type { Viewer } from "./viewer.ts";

const { actors, events, eventStaff } = schema;

/** What one can be invited as, to help with an event. */
export const staffRoles = ["organizer", "moderator", "helper"] as const;
export type StaffRole = (typeof staffRoles)[number];

/**
 * What somebody is to an event: whose it is, what they accepted to be, or what their role in the group makes them whose event it
 * is. `author`: who makes it for a group of another server that lets them make its events no more.
 */
export type EventRole = "owner" | StaffRole | "author";

/** Who may do what at an event. */
const rights = {
  /** See its page before it is public, what is kept back for participants, and its desk. */
  see: ["owner", "organizer", "moderator", "helper", "author"],
  /** Change, publish, copy and cancel it. */
  change: ["owner", "organizer"],
  /** Approve, reject, add and remove participants, write to them, and know their addresses and answers. */
  decide: ["owner", "organizer"],
  /** Know who is coming: names and seats, to tick them off at the door. */
  admit: ["owner", "organizer", "helper"],
  /** Decide about its comments. */
  moderate: ["owner", "organizer", "moderator"],
  /** Invite others to help with it, and send them away. */
  staff: ["owner"],
  /** Delete it. */
  remove: ["owner", "author"],
} as const satisfies Record<string, readonly EventRole[]>;

export type Right = keyof typeof rights;
export const allRights = Object.keys(rights) as Right[];

/** Whether a role at an event (`roleAt`) holds a right there. */
export const may = (role: EventRole | null, right: Right): boolean =>
  role !== null && (rights[right] as readonly EventRole[]).includes(role);

const idsOf = (viewer: Viewer): string[] => (viewer.kind === "account" ? viewer.actorIds : []);

const accepted = (ids: string[]) => sql`s.accepted_at is not null and ${inArray(sql`s.actor_id`, ids)}`;

/**
 * A column beside `events`: what the viewer is to the event, or null. An account has one role at an event, whatever its
 * profiles. By `memberships_pair`, `event_staff_actor`.
 */
export function roleAt(viewer: Viewer): SQL<EventRole | null> {
  if (viewer.kind === "operator") return sql<EventRole | null>`'owner'`;
  const ids = idsOf(viewer);
  if (ids.length === 0) return sql<EventRole | null>`null::text`;
  // Named in full: within a column of a select from one table Drizzle leaves the table's name out.
  return sql<EventRole | null>`case when ${inArray(sql`events.organizer_id`, ids)} then 'owner' else coalesce(${eventRoleByGroup(ids)}, (
    select s.role from ${eventStaff} s where s.event_id = events.id and ${accepted(ids)} limit 1),
    case when ${inArray(sql`events.author_id`, ids)} then 'author' end) end`;
}

/**
 * The same as a filter over `events`: where the viewer holds the right. By `events_organizer`, `events_author`, `memberships_member`,
 * `event_staff_actor`.
 */
export function eventsWhere(viewer: Viewer, right: Right): SQL | undefined {
  if (viewer.kind === "operator") return undefined;
  const ids = idsOf(viewer);
  if (ids.length === 0) return sql`false`;
  const held: readonly EventRole[] = rights[right];
  const roles = staffRoles.filter((role) => held.includes(role));
  const made = held.includes("author")
    ? sql`union all select o.id from ${events} o where ${inArray(sql`o.author_id`, ids)}`
    : sql``;
  const own = sql`select o.id from ${events} o where ${inArray(sql`o.organizer_id`, ids)} ${made}
    union all ${eventIdsByGroup(ids, roles.includes("organizer") ? "organizer" : "owner")}`;
  if (roles.length === 0) return sql`${events.id} in (${own})`;
  const helped = sql`select s.event_id from ${eventStaff} s where ${accepted(ids)} and ${inArray(sql`s.role`, roles)}`;
  return sql`${events.id} in (${own} union all ${helped})`;
}

/**
 * Rows `event_id, account_id, since` for a join, as `(…) h`: every account of this server that holds the right at an
 * event; `since` is when it accepted to help or joined the group, null for whose event it is. By the events' key,
 * `memberships_leaders` and `event_staff_once`.
 */
export function holdersOf(right: Exclude<Right, "see" | "remove">): SQL {
  const roles = staffRoles.filter((role) => (rights[right] as readonly EventRole[]).includes(role));
  const own = sql`select o.id as event_id, p.account_id, null::timestamptz as since
    from ${events} o join ${actors} p on p.id = o.organizer_id where p.account_id is not null
    union all ${eventHoldersByGroup(roles.includes("organizer") ? "organizer" : "owner")}`;
  if (roles.length === 0) return own;
  return sql`${own} union all select s.event_id, p.account_id, s.accepted_at
    from ${eventStaff} s join ${actors} p on p.id = s.actor_id
    where s.accepted_at is not null and p.account_id is not null and ${inArray(sql`s.role`, roles)}`;
}
