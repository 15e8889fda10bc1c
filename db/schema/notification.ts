import { sql } from "drizzle-orm";
import { check, pgTable, primaryKey, timestamp, uuid, varchar } from "drizzle-orm/pg-core";
import { accounts } from "./account.ts";

/** What an account chose to be told by mail, and how often. Without a row the default of its subject holds. */
export const notificationChoices = pgTable(
  "notification_choices",
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    subject: varchar({ length: 20 }).notNull(),
    cadence: varchar({ length: 8 }).notNull(),
    /** Of news that are gathered: everything before this moment was told. Null: nothing since the account was opened. */
    toldAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.subject] }),
    check("notification_choices_cadence", sql`${t.cadence} in ('off', 'at-once', 'hourly', 'daily', 'weekly')`),
  ],
);
