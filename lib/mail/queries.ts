import { and, desc, eq, gt, isNotNull, isNull, ne, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, schema } from "#db/client.ts";
import { nameOf } from "#lib/actor/queries.ts";
import { isRefused } from "#lib/event/remote/queries.ts";
import { keeperId, openToParticipant, seenByParticipant } from "#lib/policy/event.ts";
import { canonicalAddress } from "#lib/secrets.ts";

const {
  accounts,
  accountTokens,
  actors,
  events,
  eventStaff,
  instance,
  mails,
  memberships,
  participations,
  places,
  signUps,
} = schema;

const profiles = alias(actors, "profiles");
const holders = alias(accounts, "holders");

/** A mail's row with all that it may tell: participation, event, organiser, place, server. By primary keys. */
export async function getMail(db: Db, id: string) {
  const [row] = await db
    .select({
      mail: mails,
      participation: participations,
      event: events,
      organizer: actors,
      place: places,
      instance: { name: instance.name },
      /** Whoever takes part as one of their profiles: written to at their account, if they have proven its address. */
      account: { id: holders.id, email: holders.email, language: holders.language, timezone: holders.timezone },
      /** Whether the event's page is there for whoever takes part. */
      seen: seenByParticipant(),
      /** Whether the event is for whoever takes part, also where it is no more. */
      open: openToParticipant(),
      /** The database's clock: what has expired is its to say. */
      now: sql<Date>`now()`.mapWith(mails.createdAt),
    })
    .from(mails)
    .innerJoin(instance, eq(instance.id, 1))
    .leftJoin(participations, eq(participations.id, mails.participationId))
    .leftJoin(events, eq(events.id, participations.eventId))
    .leftJoin(actors, eq(actors.id, events.organizerId))
    .leftJoin(places, eq(places.id, events.placeId))
    .leftJoin(profiles, eq(profiles.id, participations.actorId))
    .leftJoin(
      holders,
      and(eq(holders.id, profiles.accountId), eq(holders.state, "active"), isNotNull(holders.confirmedAt)),
    )
    .where(eq(mails.id, id));
  return row ?? null;
}

export type MailRow = NonNullable<Awaited<ReturnType<typeof getMail>>>;

/** All live participations of one address, the latest event first, 100 at most. By index `participations_mine`. */
export const listParticipationsOf = (db: Db, emailKey: Buffer) =>
  db
    .select({
      id: participations.id,
      state: participations.state,
      tokenGeneration: participations.tokenGeneration,
      name: events.name,
      startTime: events.startTime,
      timezone: events.timezone,
      allDay: events.allDay,
    })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .where(
      and(
        eq(participations.emailKey, emailKey),
        ne(events.state, "deleted"),
        sql`${participations.tokenHash} is not null`,
        or(ne(participations.state, "unconfirmed"), gt(participations.expiresAt, sql`now()`)),
      ),
    )
    .orderBy(desc(events.startTime), desc(participations.id))
    .limit(100);

/** A mail about an account, or about one that is asked for, with all that it may tell. By primary keys, `actors_account`. */
export async function getAccountMail(db: Db, id: string) {
  const [row] = await db
    .select({
      mail: mails,
      account: accounts,
      signUp: signUps,
      token: accountTokens,
      handle: sql<string | null>`coalesce(${signUps.handle}, (
        select ${actors.handle} from ${actors} where ${actors.accountId} = ${accounts.id}
        order by ${actors.id} = ${accounts.defaultActorId} desc nulls last, ${actors.id} limit 1))`,
      instance: { name: instance.name },
      now: sql<Date>`now()`.mapWith(mails.createdAt),
    })
    .from(mails)
    .innerJoin(instance, eq(instance.id, 1))
    .leftJoin(accounts, eq(accounts.id, mails.accountId))
    .leftJoin(signUps, eq(signUps.id, mails.signUpId))
    .leftJoin(accountTokens, sql`${accountTokens.id} = (${mails.data} ->> 'tokenId')::uuid`)
    .where(eq(mails.id, id));
  return row ?? null;
}

/** The group that waits longest for whoever has an address, with its invitation; null where none does. By `memberships_invited`. */
export async function getWaitingInvitation(db: Db, emailKey: Buffer) {
  const [row] = await db
    .select({ id: memberships.id, group: sql<string>`${nameOf(actors)}` })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.groupId))
    .where(
      and(
        eq(memberships.emailKey, emailKey),
        gt(memberships.expiresAt, sql`now()`),
        isNull(actors.deletedAt),
        isNull(actors.suspendedAt),
      ),
    )
    .orderBy(memberships.id)
    .limit(1);
  return row ?? null;
}

/**
 * An invitation to help with an event, with all that it may tell; `account` is whose profile is invited, or who has
 * proven the address. By primary keys, `accounts_email`.
 */
export async function getStaffMail(db: Db, id: string) {
  const [row] = await db
    .select({
      mail: mails,
      staff: eventStaff,
      event: events,
      organizer: actors,
      instance: { name: instance.name, registration: instance.registration },
      now: sql<Date>`now()`.mapWith(mails.createdAt),
    })
    .from(mails)
    .innerJoin(instance, eq(instance.id, 1))
    .leftJoin(eventStaff, eq(eventStaff.id, mails.staffId))
    .leftJoin(events, eq(events.id, eventStaff.eventId))
    .leftJoin(actors, eq(actors.id, events.organizerId))
    .where(eq(mails.id, id));
  if (!row) return null;
  const { staff } = row;
  const invited = staff?.actorId
    ? sql`${accounts.id} = (select a.account_id from ${actors} a where a.id = ${staff.actorId})`
    : eq(accounts.email, canonicalAddress(staff?.email ?? "") ?? "");
  const [account] = await db
    .select({ id: accounts.id, email: accounts.email, language: accounts.language })
    .from(accounts)
    .where(and(invited, eq(accounts.state, "active"), isNotNull(accounts.confirmedAt)));
  return { ...row, account: account ?? null };
}

const [members, inviters, groups] = [alias(actors, "members"), alias(actors, "inviters"), alias(actors, "groups")];
const formers = alias(actors, "formers");

/**
 * A group's mail with all that it may tell: group, membership, who is or asks to be a member, who invited, what group it was
 * before; `account` is whose it is, or who has proven the address. By primary keys, `memberships_list`, `accounts_email`.
 */
export async function getGroupMail(db: Db, id: string) {
  const known = sql`coalesce(${mails.membershipId}, (${mails.data} ->> 'membershipId')::uuid)`;
  const [row] = await db
    .select({
      mail: mails,
      membership: memberships,
      group: actors,
      member: members,
      inviter: inviters,
      former: formers,
      instance: { name: instance.name, registration: instance.registration },
      /** How many ask to come into the group that it names. */
      asking: sql<number>`(select count(*)::int from memberships m
        where m.group_id = (${mails.data} ->> 'groupId')::uuid and m.state = 'requested')`,
      now: sql<Date>`now()`.mapWith(mails.createdAt),
    })
    .from(mails)
    .innerJoin(instance, eq(instance.id, 1))
    .leftJoin(memberships, sql`${memberships.id} = ${known}`)
    .leftJoin(actors, sql`${actors.id} = coalesce(${memberships.groupId}, (${mails.data} ->> 'groupId')::uuid)`)
    .leftJoin(members, eq(members.id, memberships.memberId))
    .leftJoin(inviters, eq(inviters.id, memberships.invitedById))
    .leftJoin(formers, sql`${formers.id} = (${mails.data} ->> 'formerId')::uuid`)
    .where(eq(mails.id, id));
  if (!row) return null;
  const { mail, membership, member } = row;
  const whose = mail.accountId ?? member?.accountId;
  const recipient = whose
    ? eq(accounts.id, whose)
    : eq(accounts.email, canonicalAddress(membership?.email ?? "") ?? "");
  const [account] = await db
    .select({ id: accounts.id, email: accounts.email, language: accounts.language, timezone: accounts.timezone })
    .from(accounts)
    .where(and(recipient, eq(accounts.state, "active"), isNotNull(accounts.confirmedAt)));
  return { ...row, account: account ?? null };
}

/** An event with a group that did something to it, and whether it is the account's own. By primary keys. */
export async function getAuthored(
  db: Db,
  accountId: string,
  { eventId, groupId }: { eventId: string; groupId: string },
) {
  const [row] = await db
    .select({
      ...{ event: events, group: groups, refused: isRefused },
      own: sql<boolean>`coalesce(${actors.accountId} = ${accountId}, false)`,
    })
    .from(events)
    .innerJoin(actors, eq(actors.id, keeperId))
    .innerJoin(groups, eq(groups.id, groupId))
    .where(eq(events.id, eventId));
  return row ?? null;
}

export type AccountMailRow = NonNullable<Awaited<ReturnType<typeof getAccountMail>>>;
