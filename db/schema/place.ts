import { sql } from "drizzle-orm";
import { check, doublePrecision, index, integer, pgTable, timestamp, uuid, varchar } from "drizzle-orm/pg-core";

/**
 * A place as somebody wrote it, immutable and shared: `id` is a UUIDv8 of a hash of its content, so that the same
 * words and coordinates are one row, and a changed place is another (peers keep the first Place they saw under an id).
 */
export const places = pgTable(
  "places",
  {
    id: uuid().primaryKey(),
    name: varchar({ length: 200 }).notNull().default(""),
    streetAddress: varchar({ length: 200 }).notNull().default(""),
    postalCode: varchar({ length: 20 }).notNull().default(""),
    addressLocality: varchar({ length: 120 }).notNull().default(""),
    addressRegion: varchar({ length: 120 }).notNull().default(""),
    addressCountry: varchar({ length: 120 }).notNull().default(""),
    room: varchar({ length: 120 }).notNull().default(""),
    latitude: doublePrecision(),
    longitude: doublePrecision(),
    /** When somebody last wrote it. */
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    check("places_point", sql`(${t.latitude} is null) = (${t.longitude} is null)`),
    check("places_range", sql`${t.latitude} between -90 and 90 and ${t.longitude} between -180 and 180`),
  ],
);

/** The towns that events were in, so that `near=Lyon` needs no geocoder. One row a name, country and rough position. */
export const towns = pgTable(
  "towns",
  {
    id: uuid().primaryKey(),
    name: varchar({ length: 120 }).notNull(),
    country: varchar({ length: 120 }).notNull().default(""),
    latitude: doublePrecision().notNull(),
    longitude: doublePrecision().notNull(),
    /** How many events were ever entered there: which of two namesakes is meant, and suggestions. */
    weight: integer().notNull().default(1),
  },
  (t) => [
    index("towns_name").on(sql`fold(${t.name})`, sql`${t.weight} desc`),
    index("towns_similar").using("gin", sql`fold(${t.name}) gin_trgm_ops`),
    check("towns_range", sql`${t.latitude} between -90 and 90 and ${t.longitude} between -180 and 180`),
  ],
);
