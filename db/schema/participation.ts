import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  timestamp,
  uniqueIndex,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import { bytea } from "../column-types.ts";
import { actors } from "./actor.ts";
import { events, questions } from "./event.ts";

export const participations = pgTable(
  "participations",
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: "cascade" }),
    actorId: uuid().references(() => actors.id, { onDelete: "set null" }),
    /** As typed (NFKC, trimmed); null for actors, who are written to at their account, and once erased. */
    email: varchar({ length: 254 }),
    /** HMAC of the canonical address, of an account's too: one person, one participation. Erased with the rest. */
    emailKey: bytea(),
    /** The ActivityPub id of the Join (or the Accept of the event) that asked for it, and the state that its sender was last told. */
    uri: varchar({ length: 2048 }),
    answered: varchar({ length: 16 }),
    name: varchar({ length: 100 }).notNull().default(""),
    showName: boolean().notNull().default(false),
    guests: smallint().notNull().default(0),
    message: varchar({ length: 1000 }).notNull().default(""),
    state: varchar({ length: 16 }).notNull(),
    /** Since when it stands in its state, a held place since it was kept; set by a trigger, whoever writes. */
    stateAt: timestamp({ withTimezone: true }),
    source: varchar({ length: 16 }).notNull().default("web"),
    language: varchar({ length: 35 }).notNull(),
    timezone: varchar({ length: 64 }).notNull(),
    reminder: boolean().notNull().default(true),
    /** Of the form that made it: a double click finds the same row. */
    formId: uuid(),
    /** SHA-256 of the token in the mailed link; the token itself is derived anew (`lib/secrets`). */
    tokenHash: bytea(),
    tokenGeneration: integer().notNull().default(0),
    /** When an unconfirmed request dies, or an accepted one whose place is only held for them. */
    expiresAt: timestamp({ withTimezone: true }),
    mailedAt: timestamp({ withTimezone: true }),
    confirmedAt: timestamp({ withTimezone: true }),
    decidedAt: timestamp({ withTimezone: true }),
    waitlistedAt: timestamp({ withTimezone: true }),
    leftAt: timestamp({ withTimezone: true }),
    checkedInAt: timestamp({ withTimezone: true }),
    /** Mail to this person came back for good; the organiser sees "unreachable", not why. */
    unreachableAt: timestamp({ withTimezone: true }),
    erasedAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("participations_address").on(t.eventId, t.emailKey),
    uniqueIndex("participations_actor").on(t.eventId, t.actorId),
    uniqueIndex("participations_token").on(t.tokenHash),
    uniqueIndex("participations_form").on(t.formId),
    // Who takes part from elsewhere and was not told yet what became of it.
    index("participations_unanswered").on(t.updatedAt).where(sql`uri is not null and answered is distinct from state`),
    // What an answer of another server, or an Undo, names.
    index("participations_uri").on(t.uri).where(sql`uri is not null`),
    // Requests from elsewhere that end with the event.
    index("participations_open_elsewhere")
      .on(t.eventId)
      .where(sql`state in ('pending', 'waitlisted') and uri is not null`),
    // What is new to organisers, and what a profile takes part in.
    index("participations_arrivals").on(t.stateAt).where(sql`state in ('pending', 'accepted')`),
    index("participations_profile").on(t.actorId).where(sql`actor_id is not null`),
    // The organiser's lists, and the fan-out of mails.
    index("participations_list").on(t.eventId, t.state, t.createdAt, t.id),
    // "Mail me all my links".
    index("participations_mine").on(t.emailKey),
    // The purge of dead requests.
    index("participations_dead").on(t.expiresAt).where(sql`state = 'unconfirmed'`),
    // Who waits, in order; and places that are held for a while.
    index("participations_queue").on(t.eventId, t.waitlistedAt, t.id).where(sql`state = 'waitlisted'`),
    index("participations_offers").on(t.expiresAt).where(sql`state = 'accepted' and expires_at is not null`),
    // The purge of addresses after the event.
    index("participations_addresses").on(t.eventId).where(sql`email_key is not null`),
    check(
      "participations_state",
      sql`${t.state} in ('unconfirmed', 'pending', 'accepted', 'waitlisted', 'rejected', 'tentative', 'left')`,
    ),
    check(
      "participations_source",
      sql`${t.source} in ('web', 'account', 'join', 'invite', 'poll', 'follow', 'reply', 'organizer')`,
    ),
    check("participations_guests", sql`${t.guests} between 0 and 5`),
    check("participations_expiry", sql`${t.state} <> 'unconfirmed' or ${t.expiresAt} is not null`),
    check("participations_address_key", sql`${t.email} is null or ${t.emailKey} is not null`),
    check("participations_erased", sql`${t.erasedAt} is null or (${t.emailKey} is null and ${t.name} = '')`),
  ],
);

/** What somebody of another server writes to those who run an event, and to nobody else. */
export const messages = pgTable(
  "messages",
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: "cascade" }),
    actorId: uuid()
      .notNull()
      .references(() => actors.id, { onDelete: "cascade" }),
    /** The ActivityPub id of the note. */
    uri: varchar({ length: 2048 }).notNull(),
    /** Plain text. */
    content: varchar({ length: 5000 }).notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("messages_uri").on(t.uri),
    // The organiser's page, the latest first; and how many somebody wrote.
    index("messages_event").on(t.eventId, t.createdAt),
    index("messages_actor").on(t.actorId, t.eventId),
  ],
);

export const answers = pgTable(
  "answers",
  {
    participationId: uuid()
      .notNull()
      .references(() => participations.id, { onDelete: "cascade" }),
    questionId: uuid()
      .notNull()
      .references(() => questions.id, { onDelete: "cascade" }),
    value: varchar({ length: 1000 }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.participationId, t.questionId] }), index("answers_question").on(t.questionId)],
);
