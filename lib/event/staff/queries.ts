import { and, asc, eq, inArray, ne, or, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { getProvenAddress } from "#lib/account/address/queries.ts";
import { nameOf } from "#lib/actor/queries.ts";
import type { StaffRole } from "#lib/policy/staff.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { addressKey, isToken, linkToken, tokenHash } from "#lib/secrets.ts";

const { actors, events, eventStaff } = schema;

const role = sql<StaffRole>`${eventStaff.role}`;
const alive = sql`coalesce(${eventStaff.expiresAt} > now(), true)`;

export type StaffRow = Awaited<ReturnType<typeof listStaff>>[number];

/** Who helps with an event and who is invited to, in the order in which they were: twenty at most, by `event_staff_once`. */
export const listStaff = (db: Db, eventId: string) =>
  db
    .select({
      id: eventStaff.id,
      role,
      email: eventStaff.email,
      handle: actors.handle,
      name: nameOf(actors),
      acceptedAt: eventStaff.acceptedAt,
      expiresAt: eventStaff.expiresAt,
    })
    .from(eventStaff)
    .leftJoin(actors, eq(actors.id, eventStaff.actorId))
    .where(and(eq(eventStaff.eventId, eventId), alive))
    .orderBy(asc(eventStaff.id));

/** Whether one of the profiles is named on the page of its group's event. By primary key. */
export async function isContact(db: Db, { actorIds }: AccountViewer, eventId: string): Promise<boolean> {
  const { eventContacts } = schema;
  if (actorIds.length === 0) return false;
  const named = and(eq(eventContacts.eventId, eventId), inArray(eventContacts.actorId, actorIds));
  return (await db.$count(eventContacts, named)) > 0;
}

const organizer = sql<string>`(select coalesce(nullif(o.name, ''), o.handle) from actors o where o.id = ${events.organizerId})`;

const about = {
  id: eventStaff.id,
  role,
  acceptedAt: eventStaff.acceptedAt,
  /** Whom it is for; null where an address is invited. */
  actorId: eventStaff.actorId,
  handle: actors.handle,
  /** The address that is invited; null where a profile is. */
  email: eventStaff.email,
  organizer,
  event: {
    id: events.id,
    name: events.name,
    startTime: events.startTime,
    endTime: events.endTime,
    endWall: events.endWall,
    allDay: events.allDay,
    timezone: events.timezone,
  },
};

/** An invitation by its mailed token, also one that was accepted: as what, to which event. Null when it opens nothing. By `event_staff_token`. */
export async function getInvitation(db: Db, token: string) {
  if (!isToken(token)) return null;
  const [row] = await db
    .select(about)
    .from(eventStaff)
    .innerJoin(events, eq(events.id, eventStaff.eventId))
    .leftJoin(actors, eq(actors.id, eventStaff.actorId))
    .where(and(eq(eventStaff.tokenHash, tokenHash(token)), ne(events.state, "deleted"), alive));
  return row ?? null;
}

/**
 * The invitations that wait for somebody's answer, with their links: to one of their profiles, or to their address if it
 * is proven. By `event_staff_actor`, `event_staff_invited`.
 */
export async function listInvitations(db: Db, { accountId }: AccountViewer) {
  const proven = await getProvenAddress(db, accountId);
  const rows = await db
    .select(about)
    .from(eventStaff)
    .innerJoin(events, eq(events.id, eventStaff.eventId))
    .leftJoin(actors, eq(actors.id, eventStaff.actorId))
    .where(
      and(
        sql`${eventStaff.expiresAt} > now()`,
        ne(events.state, "deleted"),
        or(eq(actors.accountId, accountId), proven ? eq(eventStaff.emailKey, addressKey(proven)) : undefined),
      ),
    )
    .orderBy(asc(eventStaff.id))
    .limit(20);
  return rows.map((row) => ({ ...row, token: linkToken("staff", row.id, 0) }));
}

/** What somebody helps with, for the export of their data. By `event_staff_actor`. */
export const listHelp = (db: Db, accountId: string) =>
  db
    .select({
      event: { id: events.id, name: events.name },
      as: actors.handle,
      role,
      invitedAt: eventStaff.invitedAt,
      acceptedAt: eventStaff.acceptedAt,
    })
    .from(eventStaff)
    .innerJoin(actors, eq(actors.id, eventStaff.actorId))
    .innerJoin(events, eq(events.id, eventStaff.eventId))
    .where(eq(actors.accountId, accountId))
    .orderBy(asc(eventStaff.id));
