import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import { bytea } from "../column-types.ts";
import { actors } from "./actor.ts";
import { events } from "./event.ts";

/** The key pairs that an actor of this server signs with. The private half is sealed under SECRET_KEY. */
export const actorKeys = pgTable(
  "actor_keys",
  {
    actorId: uuid()
      .notNull()
      .references(() => actors.id, { onDelete: "cascade" }),
    algorithm: varchar({ length: 8 }).notNull(),
    /** Rises with each rotation: the highest signs, and those before it stay known, so that what they signed can be verified. */
    generation: smallint().notNull().default(0),
    publicHalf: jsonb().$type<JsonWebKey>().notNull(),
    privateKey: bytea().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.actorId, t.algorithm, t.generation] }),
    check("actor_keys_algorithm", sql`${t.algorithm} in ('rsa', 'ed25519')`),
    check("actor_keys_length", sql`length(${t.publicHalf}::text) <= 2000 and length(${t.privateKey}) <= 8000`),
  ],
);

/** Who follows whom, in either direction: one of the two is an actor of this server. */
export const follows = pgTable(
  "follows",
  {
    id: uuid().primaryKey(),
    followerId: uuid()
      .notNull()
      .references(() => actors.id, { onDelete: "cascade" }),
    followedId: uuid()
      .notNull()
      .references(() => actors.id, { onDelete: "cascade" }),
    /** The id of the Follow activity: an Accept embeds it, an Undo names it. */
    uri: varchar({ length: 2048 }).notNull(),
    state: varchar({ length: 16 }).notNull().default("pending"),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    unique("follows_pair").on(t.followerId, t.followedId),
    index("follows_followed").on(t.followedId, t.state, t.id),
    check("follows_state", sql`${t.state} in ('pending', 'accepted', 'rejected', 'ended')`),
  ],
);

/** What this server said: each activity as it was signed, once, and stable over every try to deliver it. */
export const activities = pgTable(
  "activities",
  {
    id: uuid().primaryKey(),
    actorId: uuid()
      .notNull()
      .references(() => actors.id, { onDelete: "cascade" }),
    type: varchar({ length: 32 }).notNull(),
    /** What it is about: the row's id, whatever its table. */
    objectId: uuid().notNull(),
    /** The fact that it tells. A job that runs twice tells it once. */
    fact: varchar({ length: 200 }).notNull(),
    document: text().notNull(),
    /** Whether everybody may read it at its address. */
    public: boolean().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("activities_fact").on(t.fact),
    index("activities_outbox").on(t.actorId, t.id).where(sql`public`),
    index("activities_object").on(t.objectId, t.id),
    // What is gone, and may be forgotten.
    index("activities_ended").on(t.createdAt).where(sql`type = 'Delete'`),
    check("activities_length", sql`length(${t.document}) <= 400000`),
  ],
);

/** One activity for one inbox. Those that arrived stay: whoever received an object hears what becomes of it. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: uuid().primaryKey(),
    activityId: uuid()
      .notNull()
      .references(() => activities.id, { onDelete: "cascade" }),
    objectId: uuid().notNull(),
    inbox: varchar({ length: 2048 }).notNull(),
    host: varchar({ length: 255 }).notNull(),
    state: varchar({ length: 8 }).notNull().default("due"),
    tries: integer().notNull().default(0),
    /** Until then this one, and what follows it about the same object, is not tried; a host that is away has its own. */
    retryAt: timestamp({ withTimezone: true }),
    reason: varchar({ length: 200 }).notNull().default(""),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    endedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("deliveries_once").on(t.activityId, t.inbox),
    // What a host has still to get, in the order in which it was said.
    index("deliveries_due").on(t.host, t.activityId).where(sql`state = 'due'`),
    check("deliveries_state", sql`${t.state} in ('due', 'done', 'dead')`),
  ],
);

/** The other servers: when they were last heard of, how they fare, and what the host decided about them. */
export const peers = pgTable(
  "peers",
  {
    host: varchar({ length: 255 }).primaryKey(),
    /**
     * `limited`: few activities and no pictures; `silenced`: besides in no list and no search; `suspended`: nothing in,
     * nothing out. Covers sub-domains.
     */
    standing: varchar({ length: 16 }).notNull().default("open"),
    /** Why, in the words of whoever decided, and when. */
    note: varchar({ length: 1000 }).notNull().default(""),
    judgedAt: timestamp({ withTimezone: true }),
    failures: integer().notNull().default(0),
    /** Until then nothing is tried. */
    retryAt: timestamp({ withTimezone: true }),
    reason: varchar({ length: 200 }).notNull().default(""),
    heardAt: timestamp({ withTimezone: true }),
    reachedAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    // Whom the host decided about.
    index("peers_judged_at").on(t.judgedAt),
    index("peers_judged").on(t.standing, t.host).where(sql`standing <> 'open'`),
    check("peers_standing", sql`${t.standing} in ('open', 'limited', 'silenced', 'suspended')`),
    check("peers_host", sql`${t.host} = lower(${t.host})`),
  ],
);

/** Activities that took effect here: the same one twice is one. `id` hashes its address (and, for an Update, what it says). */
export const receivedActivities = pgTable("received_activities", {
  id: uuid().primaryKey(),
  receivedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

/** What Fedify remembers: keys of others, and which signatures a host understands. */
export const federationMemory = pgTable(
  "federation_memory",
  {
    key: varchar({ length: 2500 }).primaryKey(),
    value: jsonb().notNull(),
    expiresAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    index("federation_memory_expiry").on(t.expiresAt).where(sql`expires_at is not null`),
    check("federation_memory_length", sql`length(${t.value}::text) <= 100000`),
  ],
);

/** One person of another server asked whether they come: a poll sent to them alone, whose votes are answers. */
export const polls = pgTable(
  "polls",
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: "cascade" }),
    /** Who is asked. */
    actorId: uuid()
      .notNull()
      .references(() => actors.id, { onDelete: "cascade" }),
    /** What made us ask: they follow the event, which then asks itself, or wrote its organiser the word for it. */
    source: varchar({ length: 8 }).notNull(),
    /** The words for yes, maybe and no, as they were sent: a vote is one of them. */
    options: jsonb().$type<[string, string, string]>().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    unique("polls_once").on(t.eventId, t.actorId),
    index("polls_actor").on(t.actorId),
    check("polls_source", sql`${t.source} in ('follow', 'reply')`),
    check("polls_options_length", sql`length(${t.options}::text) <= 500`),
  ],
);

/** What an organiser's server says by itself: what changed of an event, and words to one person who takes part from elsewhere. */
export const notes = pgTable(
  "notes",
  {
    id: uuid().primaryKey(),
    actorId: uuid()
      .notNull()
      .references(() => actors.id, { onDelete: "cascade" }),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: "cascade" }),
    /** To this person alone; null: to the event's audience. */
    recipientId: uuid().references(() => actors.id, { onDelete: "cascade" }),
    /** HTML of ours. */
    content: varchar({ length: 10000 }).notNull(),
    language: varchar({ length: 35 }).notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index("notes_event").on(t.eventId, t.id),
    index("notes_recipient").on(t.recipientId),
    index("notes_actor").on(t.actorId),
  ],
);
