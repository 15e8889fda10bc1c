import { sql } from "drizzle-orm";
import { check, index, pgTable, timestamp, unique, uniqueIndex, uuid, varchar } from "drizzle-orm/pg-core";
import { bytea } from "../column-types.ts";
import { actors } from "./actor.ts";
import { events } from "./event.ts";

/**
 * Who helps to run an event besides whose it is: invited by handle or by address, in a role, and one of its staff once
 * they accepted. What each role may do is the table of `lib/policy/staff.ts`.
 */
export const eventStaff = pgTable(
  "event_staff",
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: "cascade" }),
    role: varchar({ length: 16 }).notNull(),
    /** Null while invited by address: whoever has proven that accepts as one of their profiles. */
    actorId: uuid().references(() => actors.id, { onDelete: "cascade" }),
    /** As typed (NFKC, trimmed); erased when they accept. */
    email: varchar({ length: 254 }),
    /** HMAC of the canonical address: one person is invited once. */
    emailKey: bytea(),
    /** Of whoever invites, for the mail to somebody unknown. */
    language: varchar({ length: 35 }).notNull(),
    /** SHA-256 of the token in the mailed link. */
    tokenHash: bytea().notNull(),
    invitedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** When the invitation dies; null once accepted. */
    expiresAt: timestamp({ withTimezone: true }),
    acceptedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    unique("event_staff_once").on(t.eventId, t.actorId),
    unique("event_staff_address").on(t.eventId, t.emailKey),
    uniqueIndex("event_staff_token").on(t.tokenHash),
    // What somebody helps with, and is invited to.
    index("event_staff_actor").on(t.actorId),
    index("event_staff_invited").on(t.emailKey).where(sql`email_key is not null`),
    index("event_staff_expired").on(t.expiresAt).where(sql`expires_at is not null`),
    check("event_staff_role", sql`${t.role} in ('organizer', 'moderator', 'helper')`),
    check("event_staff_whom", sql`num_nonnulls(${t.actorId}, ${t.email}) = 1`),
    check("event_staff_email", sql`(${t.email} is null) = (${t.emailKey} is null)`),
    check("event_staff_open", sql`(${t.acceptedAt} is null) = (${t.expiresAt} is not null)`),
    check("event_staff_accepted", sql`${t.acceptedAt} is null or ${t.actorId} is not null`),
  ],
);
