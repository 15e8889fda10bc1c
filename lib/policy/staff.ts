import { inArray, type SQL, sql } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { eventIdsByGroup, eventRoleByGroup } from "./group.ts";
import type { Viewer } from "./viewer.ts";

const { events, eventStaff } = schema;

/** What one can be invited as, to help with an event. */
export const staffRoles = ["organizer", "moderator", "helper"] as const;
export type StaffRole = (typeof staffRoles)[number];

/** What somebody is to an event: whose it is, what they accepted to be, or what their role in the group makes them whose event it is. */
export type EventRole = "owner" | StaffRole;

/** Who may do what at an event. */
const rights = {
  /** See its page before it is public, what is kept back for participants, and its desk. */
  see: ["owner", "organizer", "moderator", "helper"],
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
  remove: ["owner"],
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
    select s.role from ${eventStaff} s where s.event_id = events.id and ${accepted(ids)} limit 1)) end`;
}

/** The same as a filter over `events`: where the viewer holds the right. By `events_organizer`, `memberships_member`, `event_staff_actor`. */
export function eventsWhere(viewer: Viewer, right: Right): SQL | undefined {
  if (viewer.kind === "operator") return undefined;
  const ids = idsOf(viewer);
  if (ids.length === 0) return sql`false`;
  const roles = rights[right].filter((role) => role !== "owner");
  const own = sql`select o.id from ${events} o where ${inArray(sql`o.organizer_id`, ids)}
    union all ${eventIdsByGroup(ids, roles.includes("organizer") ? "organizer" : "owner")}`;
  if (roles.length === 0) return sql`${events.id} in (${own})`;
  const helped = sql`select s.event_id from ${eventStaff} s where ${accepted(ids)} and ${inArray(sql`s.role`, roles)}`;
  return sql`${events.id} in (${own} union all ${helped})`;
}
