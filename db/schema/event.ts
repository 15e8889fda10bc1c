import { type SQL, sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import { tsvector } from "../column-types.ts";
import { actors } from "./actor.ts";
import { media } from "./media.ts";
import { places } from "./place.ts";

/** Practical facts shown on the page; a fact that is absent is unknown and not shown. */
export type EventFacts = {
  price?: { amount: number; currency: string } | { free: true };
  age?: string;
  wheelchair?: "yes" | "partly" | "no";
  hearingLoop?: boolean;
  signLanguage?: boolean;
  captions?: boolean;
  quietSpace?: boolean;
  bring?: string;
  schedule?: string;
  liveStream?: string;
  replay?: string;
  own?: { name: string; value: string }[];
};

export const events = pgTable(
  "events",
  {
    id: uuid().primaryKey(),
    /** The ActivityPub id of an event of another server; null for ours. */
    uri: varchar({ length: 2048 }),
    /** iCalendar UID (RFC 5545 3.8.4.7), kept for ever. */
    uid: varchar({ length: 255 }).notNull(),
    organizerId: uuid()
      .notNull()
      .references(() => actors.id),
    /**
     * Who makes it in the name of a group of another server than theirs: it lives where they are. Null: it lives where its
     * organiser does.
     */
    authorId: uuid().references(() => actors.id),
    /** Made here for a group of another server, which has not passed it on yet. */
    awaiting: boolean().notNull().default(false),
    /** The group of ours that took it out: it comes back in its name no more. */
    takenOutOf: uuid().references(() => actors.id),
    /** The first occurrence of the series that this one belongs to, and which occurrence it is (RECURRENCE-ID). */
    seriesId: uuid().references((): AnyPgColumn => events.id, { onDelete: "set null" }),
    recurrenceId: timestamp({ withTimezone: true }),
    /** RRULE as written (RFC 5545 3.3.10), shown as a sentence. */
    recurrenceRule: varchar({ length: 500 }),
    /** Days of the rule, in the event's zone, on which it is not (EXDATE, RFC 5545 3.8.5.1). */
    exceptionDates: date().array().notNull().default([]),
    state: varchar({ length: 16 }).notNull().default("draft"),
    publishAt: timestamp({ withTimezone: true }),
    publishedAt: timestamp({ withTimezone: true }),
    status: varchar({ length: 16 }).notNull().default("confirmed"),
    cancellationMessage: varchar({ length: 2000 }).notNull().default(""),
    visibility: varchar({ length: 16 }).notNull().default("public"),
    /** Whether lists, feeds and searches show it. */
    listed: boolean()
      .generatedAlwaysAs(sql`state = 'published' and visibility = 'public' and hidden_at is null`)
      .notNull(),
    name: varchar({ length: 200 }).notNull(),
    /** Markdown, or HTML from a peer, as `mediaType` says. */
    content: varchar({ length: 64000 }).notNull().default(""),
    mediaType: varchar({ length: 32 }).notNull().default("text/markdown"),
    language: varchar({ length: 35 }).notNull().default("und"),
    category: varchar({ length: 40 }).notNull().default("MEETING"),
    tags: varchar({ length: 50 }).array().notNull().default(sql`'{}'`),
    tone: varchar({ length: 8 }),
    coverId: uuid().references(() => media.id, { onDelete: "set null" }),
    /** The pictures of ours that the text shows (`pictures_in`, see the migration). */
    pictures: uuid()
      .array()
      .generatedAlwaysAs((): SQL => sql`pictures_in(content)`)
      .notNull(),
    url: varchar({ length: 2048 }),
    contact: varchar({ length: 300 }).notNull().default(""),
    facts: jsonb().$type<EventFacts>().notNull().default({}),

    timezone: varchar({ length: 64 }).notNull(),
    allDay: boolean().notNull().default(false),
    /** What the organiser typed: the wall clock wins when a zone's rules change. */
    startWall: timestamp({ mode: "string", precision: 0 }).notNull(),
    endWall: timestamp({ mode: "string", precision: 0 }),
    /** 1 = the second of two equal wall clocks in an autumn change. */
    startFold: smallint().notNull().default(0),
    endFold: smallint().notNull().default(0),
    /** The instants that follow. Without an end: start + 2 h (the end of the day if all day). */
    startTime: timestamp({ withTimezone: true }).notNull(),
    endTime: timestamp({ withTimezone: true }).notNull(),
    /** Version of the zone rules (tzdata) that the instants were computed with. */
    tzdata: varchar({ length: 16 }).notNull(),
    previousStartTime: timestamp({ withTimezone: true }),

    attendanceMode: varchar({ length: 8 }).notNull().default("offline"),
    onlineUrl: varchar({ length: 2048 }),
    placeId: uuid().references(() => places.id),
    onlineDisclosure: varchar({ length: 16 }).notNull().default("everyone"),
    /** `accepted`: shown only to accepted participants; then the three columns below are null. */
    placeDisclosure: varchar({ length: 16 }).notNull().default("everyone"),
    /** Where searches may find it: the public copy of the place. */
    latitude: doublePrecision(),
    longitude: doublePrecision(),
    locality: varchar({ length: 200 }),

    joinMode: varchar({ length: 16 }).notNull().default("free"),
    externalParticipationUrl: varchar({ length: 2048 }),
    maximumAttendeeCapacity: integer(),
    /** Seats held by accepted participants and their guests. Changed by `takeSeats` and `releaseSeats` alone. */
    seatsTaken: integer().notNull().default(0),
    maximumGuests: smallint().notNull().default(0),
    waitingList: boolean().notNull().default(false),
    nameRequired: boolean().notNull().default(false),
    showCount: boolean().notNull().default(true),
    comments: varchar({ length: 16 }).notNull().default("open"),

    /** RFC 5545 SEQUENCE: rises with each change of time, place or status. */
    sequence: integer().notNull().default(0),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Of the calendar entry that this was last read from (a hash of what counts in it), and that entry's SEQUENCE. */
    importFingerprint: uuid(),
    importSequence: integer(),
    /** The start that participants were last reminded of; another one is reminded of anew. */
    remindedOf: timestamp({ withTimezone: true }),
    hiddenAt: timestamp({ withTimezone: true }),
    /** Hidden together with whose it is, or the server that it comes from: `silenced` or `suspended`; null: by itself. */
    hiddenWith: varchar({ length: 16 }),
    /** When its own server last said what it says, when it was last asked, and how often since then it knew nothing of it. */
    fetchedAt: timestamp({ withTimezone: true }),
    askedAt: timestamp({ withTimezone: true }),
    timesMissing: smallint().notNull().default(0),
    deletedAt: timestamp({ withTimezone: true }),
    /** Words in the event's language and as written (`event_document`, see the migration). */
    search: tsvector().generatedAlwaysAs((): SQL => sql`event_document(language, name, content, locality, tags)`),
  },
  (t) => [
    uniqueIndex("events_uri").on(t.uri),
    unique("events_uid").on(t.organizerId, t.uid),
    // Agenda: what starts from now on, in order; also the keyset of every list.
    index("events_upcoming").on(t.startTime, t.id).where(sql`listed`),
    // Agenda: what runs at an instant (start <= t < end), however long ago it began.
    index("events_running").using("gist", sql`tstzrange(start_time, end_time)`).where(sql`listed`),
    // Search by place: a box around the town, from a date on.
    index("events_near")
      .using("gist", sql`point(longitude, latitude)`, sql`end_time`)
      .where(sql`listed and latitude is not null`),
    index("events_words").using("gin", t.search).where(sql`listed`),
    index("events_similar").using("gin", sql`fold(name) gin_trgm_ops`).where(sql`listed`),
    index("events_tags").using("gin", t.tags).where(sql`listed`),
    index("events_category").on(t.category, t.startTime, t.id).where(sql`listed`),
    // Without the region: "fr" finds fr-CA too.
    index("events_language").on(sql`split_part(language, '-', 1)`, t.startTime, t.id).where(sql`listed`),
    // What is called off or not settled: few among many.
    index("events_status").on(t.status, t.startTime, t.id).where(sql`listed and status <> 'confirmed'`),
    index("events_mode").on(t.attendanceMode, t.startTime, t.id).where(sql`listed`),
    index("events_organizer").on(t.organizerId, t.startTime, t.id),
    index("events_author").on(t.authorId).where(sql`author_id is not null`),
    // What is of this server alone, in order; the sitemap.
    index("events_local").on(t.startTime, t.id).where(sql`listed and uri is null`),
    // Whether a feed changed since somebody last read it.
    index("events_fetched").on(t.fetchedAt).where(sql`uri is not null`),
    index("events_updated").on(t.updatedAt, t.id),
    index("events_place").on(t.placeId),
    // What was published of late, for those who follow.
    index("events_announced")
      .on(t.publishedAt)
      .where(sql`state = 'published' and (uri is null or author_id is not null)`),
    // The purge of pictures that nothing shows.
    index("events_cover").on(t.coverId).where(sql`cover_id is not null`),
    index("events_pictures").using("gin", t.pictures).where(sql`pictures <> '{}'`),
    // Whom to remind: what starts within a day.
    index("events_reminders").on(t.startTime).where(sql`state = 'published' and status <> 'cancelled'`),
    index("events_scheduled").on(t.publishAt).where(sql`state = 'scheduled'`),
    // The handle of an event that can be followed.
    index("events_handle").on(sql`right(id::text, 12)`).where(sql`uri is null`),
    check("events_exceptions", sql`cardinality(${t.exceptionDates}) <= 500`),
    check("events_state", sql`${t.state} in ('draft', 'scheduled', 'published', 'deleted')`),
    check("events_status", sql`${t.status} in ('tentative', 'confirmed', 'cancelled')`),
    check(
      "events_hidden_with",
      sql`${t.hiddenWith} is null or (${t.hiddenWith} in ('silenced', 'suspended') and ${t.hiddenAt} is not null)`,
    ),
    check("events_visibility", sql`${t.visibility} in ('public', 'unlisted', 'followers', 'members')`),
    check("events_attendance", sql`${t.attendanceMode} in ('offline', 'online', 'mixed')`),
    check("events_join_mode", sql`${t.joinMode} in ('free', 'approval', 'external', 'closed')`),
    check("events_external", sql`${t.joinMode} <> 'external' or ${t.externalParticipationUrl} is not null`),
    check("events_comments", sql`${t.comments} in ('open', 'moderated', 'closed')`),
    check("events_media_type", sql`${t.mediaType} in ('text/markdown', 'text/html', 'text/plain')`),
    check("events_online_disclosure", sql`${t.onlineDisclosure} in ('everyone', 'accepted')`),
    check("events_disclosure", sql`${t.placeDisclosure} in ('everyone', 'accepted')`),
    check("events_kept_back", sql`${t.placeDisclosure} = 'everyone' or ${t.latitude} is null`),
    check("events_order", sql`${t.endTime} >= ${t.startTime}`),
    check("events_scheduled_at", sql`${t.state} <> 'scheduled' or ${t.publishAt} is not null`),
    check("events_capacity", sql`${t.maximumAttendeeCapacity} between 1 and 1000000`),
    check("events_seats", sql`${t.seatsTaken} >= 0`),
    check("events_guests", sql`${t.maximumGuests} between 0 and 5`),
    check("events_point", sql`(${t.latitude} is null) = (${t.longitude} is null)`),
    check("events_range", sql`${t.latitude} between -90 and 90 and ${t.longitude} between -180 and 180`),
    check("events_sequence", sql`${t.sequence} >= 0`),
    check("events_tag_count", sql`cardinality(${t.tags}) <= 30`),
    check("events_facts_length", sql`length(${t.facts}::text) <= 8000`),
    check("events_author", sql`${t.authorId} <> ${t.organizerId}`),
    check("events_awaiting", sql`not ${t.awaiting} or (${t.authorId} is not null and ${t.uri} is null)`),
    check("events_tombstone", sql`(${t.state} = 'deleted') = (${t.deletedAt} is not null)`),
  ],
);

/** Up to five things that the organiser asks those who take part. */
export const questions = pgTable(
  "questions",
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: "cascade" }),
    position: smallint().notNull(),
    kind: varchar({ length: 8 }).notNull(),
    label: varchar({ length: 200 }).notNull(),
    choices: varchar({ length: 100 }).array().notNull().default(sql`'{}'`),
    required: boolean().notNull().default(false),
  },
  (t) => [
    unique("questions_position").on(t.eventId, t.position),
    check("questions_kind", sql`${t.kind} in ('text', 'choice', 'boolean')`),
    check("questions_five", sql`${t.position} between 1 and 5`),
    check("questions_choices", sql`(${t.kind} = 'choice') = (cardinality(${t.choices}) between 2 and 20)`),
  ],
);

/**
 * What participants last knew of an event that has changed since: one open row an event, closed by the job that tells
 * them. Three quick edits thus become one mail, from the first "before" to the last "after".
 */
export const eventNotices = pgTable(
  "event_notices",
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: "cascade" }),
    before: jsonb().$type<EventFigure>().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    closedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("event_notices_open").on(t.eventId).where(sql`closed_at is null`),
    check("event_notices_length", sql`length(${t.before}::text) <= 4000`),
  ],
);

/** What of an event matters to somebody who comes: instants are ISO 8601 in UTC. */
export type EventFigure = {
  startTime: string;
  endTime: string | null;
  allDay: boolean;
  timezone: string;
  place: string;
  onlineUrl: string | null;
  status: string;
};
