import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, timestamp, uuid, varchar } from "drizzle-orm/pg-core";
import { bytea } from "../column-types.ts";
import { accounts } from "./account.ts";

/** What somebody typed into a form that was refused (or must be shown once more), kept one hour under a random id. */
export const forms = pgTable(
  "forms",
  {
    id: uuid().primaryKey(),
    path: varchar({ length: 500 }).notNull(),
    /** Whose it is, if they are signed in: shown to nobody else, and gone with the account. */
    accountId: uuid().references(() => accounts.id, { onDelete: "cascade" }),
    /** Of a visitor's: which network it came from, as a hash; shown nowhere else. */
    network: bytea(),
    outcome: varchar({ length: 40 }).notNull(),
    values: jsonb().$type<Record<string, string | string[]>>().notNull(),
    /** Field name ("" = the whole form) to a code of `lib/refusal`. */
    errors: jsonb().$type<Record<string, string>>().notNull().default({}),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    index("forms_expired").on(t.expiresAt),
    index("forms_account").on(t.accountId),
    check("forms_length", sql`length(${t.values}::text) <= 1200000 and length(${t.errors}::text) <= 20000`),
  ],
);
