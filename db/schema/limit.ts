import { customType, index, integer, pgTable, primaryKey, timestamp } from "drizzle-orm/pg-core";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Allowances: how often a key (an HMAC; no address or IP in it) was used in a window. A logged table on purpose. */
export const limits = pgTable(
  "limits",
  {
    key: bytea().notNull(),
    windowStart: timestamp({ withTimezone: true }).notNull(),
    windowEnd: timestamp({ withTimezone: true }).notNull(),
    count: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.key, t.windowStart] }), index("limits_over").on(t.windowEnd)],
);
