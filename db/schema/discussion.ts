import { type SQL, sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  jsonb,
  pgTable,
  primaryKey,
  timestamp,
  uniqueIndex,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import { tsvector } from "../column-types.ts";
import { accounts } from "./account.ts";
import { actors } from "./actor.ts";
import { events } from "./event.ts";

/** Somebody named in what was written, as `@ann` or `@bob@elsewhere.example`: who that was at the time. */
export type Mention = { actorId: string; handle: string; host: string | null; uri: string | null };

/** What people say under an event: in threads one level deep, oldest first. */
export const comments = pgTable(
  "comments",
  {
    /** The form's id: sent twice, it is one. */
    id: uuid().primaryKey(),
    /** The ActivityPub id of what came from another server, and its page there; null for ours. */
    uri: varchar({ length: 2048 }),
    url: varchar({ length: 2048 }),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: "cascade" }),
    actorId: uuid()
      .notNull()
      .references(() => actors.id),
    /** The comment that it replies to; itself, if it begins a thread. `threadAt` is when that one was made. */
    threadId: uuid()
      .notNull()
      .references((): AnyPgColumn => comments.id),
    threadAt: timestamp({ withTimezone: true }).notNull(),
    /** Markdown, or HTML from a peer (cleaned before it was kept), as `mediaType` says. */
    content: varchar({ length: 10_000 }).notNull(),
    mediaType: varchar({ length: 32 }).notNull().default("text/markdown"),
    language: varchar({ length: 35 }).notNull().default("und"),
    mentions: jsonb().$type<Mention[]>().notNull().default([]),
    /** `waiting` until the event's staff approve it; `hidden` by them; `deleted` leaves a tombstone without words. */
    state: varchar({ length: 16 }).notNull().default("published"),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** When its words last changed; a peer's word on that, for what is theirs. */
    editedAt: timestamp({ withTimezone: true }),
    deletedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("comments_uri").on(t.uri),
    // The page: thread after thread, each with its replies; also the keyset.
    index("comments_threads").on(t.eventId, t.threadAt, t.threadId, t.createdAt, t.id),
    // Whether a thread has replies.
    index("comments_replies").on(t.threadId).where(sql`id <> thread_id`),
    // What is new under an event since a time.
    index("comments_event").on(t.eventId, t.createdAt),
    index("comments_arrivals").on(t.createdAt).where(sql`state in ('published', 'waiting')`),
    index("comments_waiting").on(t.eventId, t.createdAt, t.id).where(sql`state = 'waiting'`),
    index("comments_actor").on(t.actorId, t.createdAt),
    check("comments_state", sql`${t.state} in ('waiting', 'published', 'hidden', 'deleted')`),
    check("comments_media_type", sql`${t.mediaType} in ('text/markdown', 'text/html', 'text/plain')`),
    check("comments_thread", sql`${t.threadId} <> ${t.id} or ${t.threadAt} = ${t.createdAt}`),
    check("comments_tombstone", sql`(${t.state} = 'deleted') = (${t.deletedAt} is not null)`),
    check("comments_erased", sql`${t.state} <> 'deleted' or (${t.content} = '' and ${t.mentions} = '[]'::jsonb)`),
    check("comments_mentions_length", sql`length(${t.mentions}::text) <= 40000`),
  ],
);

/** A titled conversation among the members of a group. */
export const discussions = pgTable(
  "discussions",
  {
    /** The form's id: sent twice, it is one. */
    id: uuid().primaryKey(),
    /** The ActivityPub id of what came from another server; null for ours. */
    uri: varchar({ length: 2048 }),
    groupId: uuid()
      .notNull()
      .references(() => actors.id, { onDelete: "cascade" }),
    /** Who opened it. */
    actorId: uuid()
      .notNull()
      .references(() => actors.id),
    name: varchar({ length: 200 }).notNull(),
    /** Above the others in the list. */
    pinned: boolean().notNull().default(false),
    /** Nobody writes in it any more. */
    locked: boolean().notNull().default(false),
    /** Sent to the group's own server, which has not passed it on yet. */
    awaiting: boolean().notNull().default(false),
    /** When the last message was written. */
    messageAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    search: tsvector().generatedAlwaysAs((): SQL => sql`event_document('und', name, '', null, '{}'::text[])`),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** When it was last named, locked or opened again; a peer's word on that, for what is theirs. */
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    deletedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("discussions_uri").on(t.uri),
    // The list of a group, and its keyset.
    index("discussions_list").on(t.groupId, t.pinned, t.messageAt, t.id).where(sql`deleted_at is null`),
    // Where something was written of late, whose members may have to be told.
    index("discussions_lively").on(t.messageAt).where(sql`deleted_at is null`),
    index("discussions_actor").on(t.actorId),
    check("discussions_named", sql`(${t.deletedAt} is null) = (${t.name} <> '')`),
  ],
);

/** What members write in a discussion: flat, oldest first. */
export const discussionMessages = pgTable(
  "discussion_messages",
  {
    /** The form's id: sent twice, it is one. */
    id: uuid().primaryKey(),
    uri: varchar({ length: 2048 }),
    discussionId: uuid()
      .notNull()
      .references(() => discussions.id, { onDelete: "cascade" }),
    actorId: uuid()
      .notNull()
      .references(() => actors.id),
    /** The message that it answers. */
    quotedId: uuid().references((): AnyPgColumn => discussionMessages.id),
    /** Markdown, or HTML from a peer (cleaned before it was kept), as `mediaType` says. */
    content: varchar({ length: 10_000 }).notNull(),
    mediaType: varchar({ length: 32 }).notNull().default("text/markdown"),
    language: varchar({ length: 35 }).notNull().default("und"),
    mentions: jsonb().$type<Mention[]>().notNull().default([]),
    /** Who was named in it before its words changed: nobody is told twice. */
    formerlyNamed: uuid().array().notNull().default([]),
    /** The pictures of ours that the text shows (`pictures_in`). */
    pictures: uuid()
      .array()
      .generatedAlwaysAs((): SQL => sql`pictures_in(content)`)
      .notNull(),
    search: tsvector().generatedAlwaysAs((): SQL => sql`event_document(language, '', content, null, '{}'::text[])`),
    /** Sent to the group's own server, which has not passed it on yet. */
    awaiting: boolean().notNull().default(false),
    /** Set under the group's lock: whatever is read later was written later. */
    createdAt: timestamp({ withTimezone: true }).notNull(),
    editedAt: timestamp({ withTimezone: true }),
    /** A tombstone without words. */
    deletedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("discussion_messages_uri").on(t.uri),
    // The page, its keyset, and what is new in it.
    index("discussion_messages_list").on(t.discussionId, t.createdAt, t.id),
    index("discussion_messages_words").using("gin", t.search),
    index("discussion_messages_actor").on(t.actorId, t.createdAt),
    index("discussion_messages_quoted").on(t.quotedId),
    // The purge of pictures that nothing shows.
    index("discussion_messages_pictures").using("gin", t.pictures).where(sql`pictures <> '{}'`),
    check("discussion_messages_media_type", sql`${t.mediaType} in ('text/markdown', 'text/html', 'text/plain')`),
    check(
      "discussion_messages_erased",
      sql`${t.deletedAt} is null or (${t.content} = '' and ${t.mentions} = '[]'::jsonb and ${t.formerlyNamed} = '{}')`,
    ),
    check("discussion_messages_mentions_length", sql`length(${t.mentions}::text) <= 40000`),
    check("discussion_messages_formerly_named", sql`cardinality(${t.formerlyNamed}) <= 200`),
  ],
);

/** Up to where somebody has read a discussion, and how often they wish to hear of it. */
export const discussionReaders = pgTable(
  "discussion_readers",
  {
    discussionId: uuid()
      .notNull()
      .references(() => discussions.id, { onDelete: "cascade" }),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    /** When the last message was written that they have read; null: none yet. */
    readAt: timestamp({ withTimezone: true }),
    /** Null: as they wish it for all discussions. */
    cadence: varchar({ length: 8 }),
    /** Everything before this moment was told by mail. */
    toldAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.discussionId, t.accountId] }),
    index("discussion_readers_account").on(t.accountId),
    check("discussion_readers_cadence", sql`${t.cadence} in ('off', 'at-once', 'hourly', 'daily', 'weekly')`),
  ],
);
