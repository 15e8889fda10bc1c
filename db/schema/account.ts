import { sql } from "drizzle-orm";
import { check, index, pgTable, timestamp, uniqueIndex, uuid, varchar } from "drizzle-orm/pg-core";

/** Somebody who can sign in here. Who they are in public is an actor; one account may have several. */
export const accounts = pgTable(
  "accounts",
  {
    id: uuid().primaryKey(),
    /** NFKC, lower case, domain in ASCII; null once erased. */
    email: varchar({ length: 254 }),
    passwordHash: varchar({ length: 255 }),
    state: varchar({ length: 16 }).notNull().default("unconfirmed"),
    role: varchar({ length: 16 }).notNull().default("member"),
    language: varchar({ length: 35 }).notNull().default("en"),
    timezone: varchar({ length: 64 }).notNull().default("UTC"),
    confirmedAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    deletedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("accounts_email").on(t.email),
    // The purge looks for unconfirmed sign-ups older than 48 h.
    index("accounts_unconfirmed").on(t.createdAt).where(sql`state = 'unconfirmed'`),
    check("accounts_state", sql`${t.state} in ('unconfirmed', 'awaiting', 'active', 'suspended', 'deleted')`),
    check("accounts_role", sql`${t.role} in ('member', 'moderator', 'administrator')`),
    check("accounts_erased", sql`(${t.email} is null) = (${t.state} = 'deleted')`),
  ],
);
