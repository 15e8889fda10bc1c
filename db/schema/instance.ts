import { sql } from "drizzle-orm";
import { boolean, check, integer, pgTable, smallint, timestamp, varchar } from "drizzle-orm/pg-core";

/** The one row that says who this server is. `origin` is fixed for ever at first start. */
export const instance = pgTable(
  "instance",
  {
    id: smallint().primaryKey().default(1),
    origin: varchar({ length: 255 }).notNull(),
    name: varchar({ length: 100 }).notNull(),
    description: varchar({ length: 500 }).notNull().default(""),
    contact: varchar({ length: 254 }).notNull().default(""),
    language: varchar({ length: 35 }).notNull().default("en"),
    timezone: varchar({ length: 64 }).notNull().default("UTC"),
    registration: varchar({ length: 16 }).notNull().default("approval"),
    addressRetentionDays: integer().notNull().default(30),
    /** Megabytes that pictures of other servers may take up here. */
    pictureCache: integer().notNull().default(1000),
    demonstration: boolean().notNull().default(false),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    check("instance_is_one", sql`${t.id} = 1`),
    check("instance_registration", sql`${t.registration} in ('open', 'approval', 'closed')`),
    check("instance_picture_cache", sql`${t.pictureCache} between 0 and 1000000`),
    check("instance_address_retention", sql`${t.addressRetentionDays} between 0 and 365`),
  ],
);
