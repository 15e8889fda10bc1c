import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  pgTable,
  smallint,
  timestamp,
  uniqueIndex,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import { bytea } from "../column-types.ts";
import { actors } from "./actor.ts";

/** Somebody who can sign in here. Who they are in public is an actor; one account may have several. */
export const accounts = pgTable(
  "accounts",
  {
    id: uuid().primaryKey(),
    /** NFKC, lower case, domain in ASCII; null once erased. */
    email: varchar({ length: 254 }),
    /** Null: signs in by mailed link or OpenID Connect alone. */
    passwordHash: varchar({ length: 255 }),
    state: varchar({ length: 16 }).notNull().default("active"),
    role: varchar({ length: 16 }).notNull().default("member"),
    language: varchar({ length: 35 }).notNull().default("en"),
    timezone: varchar({ length: 64 }).notNull().default("UTC"),
    /** The profile that acts when none is chosen. */
    defaultActorId: uuid().references((): AnyPgColumn => actors.id, { onDelete: "set null" }),
    /** Where somebody lives, as far as they say: a town's name, its point, and kilometres around it. */
    homeTown: varchar({ length: 200 }),
    homeLatitude: doublePrecision(),
    homeLongitude: doublePrecision(),
    homeRadius: smallint().notNull().default(25),
    /** SHA-256 of the private feed's token, which derives from the generation; null: never opened. */
    calendarHash: bytea(),
    calendarGeneration: integer().notNull().default(0),
    /** Why somebody would like an account, where the host decides; gone once decided. */
    application: varchar({ length: 1000 }).notNull().default(""),
    /** When a mail of ours to the address came back as a press of a button. */
    confirmedAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    deletedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("accounts_email").on(t.email),
    uniqueIndex("accounts_calendar").on(t.calendarHash),
    // The host's queue.
    index("accounts_awaiting").on(t.id).where(sql`state = 'awaiting'`),
    // The purge: who was refused or has left.
    index("accounts_going").on(t.deletedAt).where(sql`state in ('rejected', 'leaving')`),
    // "Is there an administrator yet?"
    index("accounts_administrators").on(t.id).where(sql`role = 'administrator'`),
    check("accounts_state", sql`${t.state} in ('awaiting', 'active', 'suspended', 'rejected', 'leaving', 'deleted')`),
    check("accounts_role", sql`${t.role} in ('member', 'moderator', 'administrator')`),
    check("accounts_erased", sql`(${t.email} is null) = (${t.state} = 'deleted')`),
    check("accounts_home", sql`num_nulls(${t.homeTown}, ${t.homeLatitude}, ${t.homeLongitude}) in (0, 3)`),
    check("accounts_radius", sql`${t.homeRadius} between 1 and 500`),
  ],
);

/**
 * Somebody asked for an account and has not pressed the button in the mail yet. Each try is a row of its own: what one
 * person typed is never confirmed by another's mail. Gone after 48 h.
 */
export const signUps = pgTable(
  "sign_ups",
  {
    id: uuid().primaryKey(),
    email: varchar({ length: 254 }).notNull(),
    passwordHash: varchar({ length: 255 }),
    handle: varchar({ length: 30 }).notNull(),
    name: varchar({ length: 100 }).notNull(),
    language: varchar({ length: 35 }).notNull(),
    timezone: varchar({ length: 64 }).notNull(),
    application: varchar({ length: 1000 }).notNull().default(""),
    /** The OpenID Connect identity that the account will be opened by. */
    issuer: varchar({ length: 255 }),
    subject: varchar({ length: 255 }),
    tokenHash: bytea().notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    usedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("sign_ups_token").on(t.tokenHash),
    index("sign_ups_address").on(t.email),
    index("sign_ups_expired").on(t.expiresAt),
    check("sign_ups_identity", sql`(${t.issuer} is null) = (${t.subject} is null)`),
  ],
);

/** Where somebody is signed in. The cookie holds 256 random bits, the row their SHA-256. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid().primaryKey(),
    tokenHash: bytea().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    method: varchar({ length: 8 }).notNull(),
    /** "Firefox, Linux": enough to know one's own device again. */
    device: varchar({ length: 60 }).notNull().default(""),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Within a day; 30 days without a visit end it, 180 days in all. */
    usedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("sessions_token").on(t.tokenHash),
    index("sessions_account").on(t.accountId),
    index("sessions_idle").on(t.usedAt),
    check("sessions_method", sql`${t.method} in ('password', 'mail', 'openid', 'setup')`),
  ],
);

/** A link mailed to somebody who has an account: what it opens, for which address, how long, and whether it was used. */
export const accountTokens = pgTable(
  "account_tokens",
  {
    id: uuid().primaryKey(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    purpose: varchar({ length: 16 }).notNull(),
    tokenHash: bytea().notNull(),
    /** The address that the link was sent to. */
    email: varchar({ length: 254 }).notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    usedAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("account_tokens_token").on(t.tokenHash),
    index("account_tokens_account").on(t.accountId),
    index("account_tokens_expired").on(t.expiresAt),
    check("account_tokens_purpose", sql`${t.purpose} in ('sign-in', 'reset', 'address', 'address-undo')`),
  ],
);

/** An identity at an OpenID Connect provider that opens an account (OpenID Connect Core 2: `iss` and `sub`). */
export const identities = pgTable(
  "identities",
  {
    id: uuid().primaryKey(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    issuer: varchar({ length: 255 }).notNull(),
    subject: varchar({ length: 255 }).notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("identities_subject").on(t.issuer, t.subject),
    uniqueIndex("identities_account").on(t.accountId, t.issuer),
  ],
);

/** Addresses (`a@example.org`) and domains (`example.org`, with those below it) that may, or may not, sign up. */
export const signUpRules = pgTable(
  "sign_up_rules",
  {
    pattern: varchar({ length: 254 }).primaryKey(),
    allowed: boolean().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index("sign_up_rules_allowed").on(t.pattern).where(sql`allowed`)],
);
