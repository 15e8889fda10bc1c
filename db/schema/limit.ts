import { index, integer, pgTable, timestamp } from "drizzle-orm/pg-core";
import { bytea } from "../column-types.ts";

/**
 * Allowances: how often a key (an HMAC; no address or IP in it) was used in its window. One row a key, so that counting
 * is one upsert that no race can pass. A logged table on purpose.
 */
export const limits = pgTable(
  "limits",
  {
    key: bytea().primaryKey(),
    windowEnd: timestamp({ withTimezone: true }).notNull(),
    count: integer().notNull().default(0),
  },
  (t) => [index("limits_over").on(t.windowEnd)],
);
