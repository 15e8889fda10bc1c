import { sql } from "drizzle-orm";
import { check, index, pgTable, timestamp, uuid, varchar } from "drizzle-orm/pg-core";
import { accounts } from "./account.ts";
import { flags } from "./flag.ts";

/** What moderators and administrators did, and why. Nobody changes it. */
export const moderationActs = pgTable(
  "moderation_acts",
  {
    id: uuid().primaryKey(),
    /** Null: by the host's tool on the server itself, or by an account that is gone. */
    accountId: uuid().references(() => accounts.id, { onDelete: "set null" }),
    /** The report that it answers. */
    flagId: uuid().references(() => flags.id, { onDelete: "set null" }),
    action: varchar({ length: 24 }).notNull(),
    /** What it was done to, as it was called then: a host, a handle, a title. */
    subject: varchar({ length: 300 }).notNull(),
    note: varchar({ length: 1000 }).notNull().default(""),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index("moderation_acts_flag").on(t.flagId).where(sql`flag_id is not null`),
    index("moderation_acts_account").on(t.accountId),
    check("moderation_acts_action", sql`length(${t.action}) > 0`),
  ],
);
