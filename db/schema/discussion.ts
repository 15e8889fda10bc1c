import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  index,
  jsonb,
  pgTable,
  timestamp,
  uniqueIndex,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
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
