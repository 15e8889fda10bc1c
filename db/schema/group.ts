import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  pgTable,
  primaryKey,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import { bytea } from "../column-types.ts";
import { actors } from "./actor.ts";
import { events } from "./event.ts";

/**
 * Who is what to a group: invited by handle or by address, asking to come in, a member in a role, or one no more. One
 * row a pair, so that a group knows again whom it has sent away. What each role may do is the table of `lib/policy/group.ts`.
 */
export const memberships = pgTable(
  "memberships",
  {
    id: uuid().primaryKey(),
    groupId: uuid()
      .notNull()
      .references(() => actors.id, { onDelete: "cascade" }),
    /** Null while invited by address: whoever has proven that accepts as one of their profiles. */
    memberId: uuid().references(() => actors.id, { onDelete: "cascade" }),
    role: varchar({ length: 16 }).notNull().default("member"),
    state: varchar({ length: 16 }).notNull(),
    /** Whether they were sent away, or declined, and nobody who decides has let them in since. */
    sentAway: boolean().notNull().default(false),
    /** Whether the member's name may stand on the group's page, where the group shows names at all. */
    shown: boolean().notNull().default(false),
    /** What somebody says who asks to come in; gone once decided. */
    message: varchar({ length: 1000 }).notNull().default(""),
    /** Who invited. */
    invitedById: uuid().references(() => actors.id, { onDelete: "set null" }),
    /** As typed (NFKC, trimmed); erased when they accept. */
    email: varchar({ length: 254 }),
    /** HMAC of the canonical address: one person is invited once. */
    emailKey: bytea(),
    /** Of whoever invites, for the mail to somebody unknown. */
    language: varchar({ length: 35 }).notNull().default("en"),
    /** SHA-256 of the token in the mailed link, and when that dies; null but for the invited. */
    tokenHash: bytea(),
    expiresAt: timestamp({ withTimezone: true }),
    /** The activity of another server by which it began (Join, Invite). */
    uri: varchar({ length: 2048 }),
    joinedAt: timestamp({ withTimezone: true }),
    /** When all had been read that was in a group of another server before: what comes since then comes by itself. */
    caughtUpAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    unique("memberships_pair").on(t.groupId, t.memberId),
    unique("memberships_address").on(t.groupId, t.emailKey),
    uniqueIndex("memberships_token").on(t.tokenHash),
    uniqueIndex("memberships_uri").on(t.uri),
    // A page of members, or of those who ask, in the order in which they came.
    index("memberships_list").on(t.groupId, t.state, t.id),
    // Who leads a group: few among many.
    index("memberships_leaders").on(t.groupId).where(sql`state = 'member' and role <> 'member'`),
    // The groups of somebody.
    index("memberships_member").on(t.memberId, t.state),
    index("memberships_invited").on(t.emailKey).where(sql`email_key is not null`),
    index("memberships_expired").on(t.expiresAt).where(sql`expires_at is not null`),
    check("memberships_role", sql`${t.role} in ('member', 'moderator', 'administrator')`),
    check("memberships_state", sql`${t.state} in ('invited', 'requested', 'member', 'rejected', 'left', 'removed')`),
    check("memberships_whom", sql`num_nonnulls(${t.memberId}, ${t.email}) = 1`),
    check("memberships_email", sql`(${t.email} is null) = (${t.emailKey} is null)`),
    check(
      "memberships_open",
      sql`(${t.state} = 'invited') = (${t.expiresAt} is not null) and (${t.state} = 'invited') = (${t.tokenHash} is not null)`,
    ),
    check("memberships_known", sql`${t.memberId} is not null or ${t.state} = 'invited'`),
    check("memberships_joined", sql`${t.state} <> 'member' or ${t.joinedAt} is not null`),
    check("memberships_asked", sql`${t.state} = 'requested' or ${t.message} = ''`),
    check("memberships_sent_away", sql`not (${t.sentAway} and ${t.state} = 'member')`),
    check("memberships_others", sql`${t.groupId} <> ${t.memberId}`),
  ],
);

/**
 * Who belongs to a group of another server, is invited or asks to come in, as that server tells its members here, and who is no
 * member yet those who lead it: a copy for their eyes, by which nobody is let in anywhere, and who is missing waits for the
 * organiser's word.
 */
export const rosters = pgTable(
  "rosters",
  {
    id: uuid().primaryKey(),
    groupId: uuid()
      .notNull()
      .references(() => actors.id, { onDelete: "cascade" }),
    /** The id of the membership there. */
    uri: varchar({ length: 2048 }).notNull(),
    /** Whose it is, and how they are called: `name@host`. */
    actorUri: varchar({ length: 2048 }).notNull(),
    name: varchar({ length: 200 }).notNull(),
    role: varchar({ length: 16 }).notNull(),
    state: varchar({ length: 16 }).notNull(),
    /** What somebody says who asks to come in. */
    message: varchar({ length: 1000 }).notNull().default(""),
    /** When the reading began in which that server said so last. */
    seenAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    unique("rosters_uri").on(t.groupId, t.uri),
    // A page of members, or of those who ask, in the order in which they came.
    index("rosters_list").on(t.groupId, t.state, t.id),
    index("rosters_seen").on(t.seenAt),
    check("rosters_role", sql`${t.role} in ('member', 'moderator', 'administrator')`),
    check("rosters_state", sql`${t.state} in ('invited', 'requested', 'member')`),
  ],
);

/** How the list of a group of another server was read last. One row a group. */
export const rosterReadings = pgTable("roster_readings", {
  groupId: uuid()
    .primaryKey()
    .references(() => actors.id, { onDelete: "cascade" }),
  startedAt: timestamp({ withTimezone: true }).notNull(),
  /** When that server told something of it last. */
  readAt: timestamp({ withTimezone: true }).notNull(),
  /** Whether the last one that is over came to its end: nobody is missing. */
  whole: boolean().notNull().default(false),
});

/**
 * What happened in a group: who did what, to whom or what, and when; in one of another server, what somebody here asked that
 * server to do. Kept for a year.
 */
export const groupLog = pgTable(
  "group_log",
  {
    id: uuid().primaryKey(),
    groupId: uuid()
      .notNull()
      .references(() => actors.id, { onDelete: "cascade" }),
    /** Who did it; null: the server by itself, its operator, or somebody who is here no more. */
    actorId: uuid().references(() => actors.id, { onDelete: "set null" }),
    kind: varchar({ length: 24 }).notNull(),
    /** Whom it concerns. */
    memberId: uuid().references(() => actors.id, { onDelete: "set null" }),
    /** The role that they were given. */
    role: varchar({ length: 16 }),
    /** What it concerns (an event, a discussion, a post): its row, and what it was called then. */
    objectId: uuid(),
    name: varchar({ length: 200 }).notNull().default(""),
    /** What became of it where the group's own server decides: `waiting` for its answer, `done`, `refused`; null: it was decided here. */
    asked: varchar({ length: 8 }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index("group_log_page").on(t.groupId, t.id),
    // What was asked last about something.
    index("group_log_asked").on(t.objectId, t.id).where(sql`asked is not null`),
    // The purge after a year.
    index("group_log_age").on(t.createdAt),
    check("group_log_role", sql`${t.role} in ('member', 'moderator', 'administrator')`),
    check("group_log_ask", sql`${t.asked} in ('waiting', 'done', 'refused')`),
  ],
);

/**
 * Who of this server was led over to where their group, or one that they follow, is now: once each, so that nobody is put back
 * who has left it since.
 */
export const transfers = pgTable(
  "transfers",
  {
    actorId: uuid()
      .notNull()
      .references(() => actors.id, { onDelete: "cascade" }),
    /** Where to. */
    groupId: uuid()
      .notNull()
      .references(() => actors.id, { onDelete: "cascade" }),
    /** As what: a member, or a follower. */
    standing: varchar({ length: 8 }).notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.actorId, t.groupId, t.standing] }),
    // What goes with a group's row.
    index("transfers_group").on(t.groupId),
    check("transfers_standing", sql`${t.standing} in ('member', 'follower')`),
  ],
);

/** The people whom a group names on an event's page, to be asked about it: each by their own choice. */
export const eventContacts = pgTable(
  "event_contacts",
  {
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: "cascade" }),
    actorId: uuid()
      .notNull()
      .references(() => actors.id, { onDelete: "cascade" }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.actorId] }),
    // What goes when somebody leaves a group.
    index("event_contacts_actor").on(t.actorId),
  ],
);
