import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, timestamp, uuid, varchar } from "drizzle-orm/pg-core";
import { actors } from "./actor.ts";
import { events } from "./event.ts";

/** What an organiser tells those who take part: mailed to one of the lists or to all, and perhaps shown on the page. */
export const announcements = pgTable(
  "announcements",
  {
    /** The form's id: sent twice, it is one. */
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: "cascade" }),
    actorId: uuid()
      .notNull()
      .references(() => actors.id),
    name: varchar({ length: 100 }).notNull(),
    content: varchar({ length: 5000 }).notNull(),
    /** `all`, or a state of participations. */
    audience: varchar({ length: 16 }).notNull().default("all"),
    shown: boolean().notNull().default(false),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    // On the event's page, the latest first.
    index("announcements_shown").on(t.eventId, t.createdAt).where(sql`shown`),
    index("announcements_event").on(t.eventId, t.createdAt),
    index("announcements_actor").on(t.actorId),
    check("announcements_audience", sql`${t.audience} in ('all', 'accepted', 'pending', 'waitlisted')`),
  ],
);
