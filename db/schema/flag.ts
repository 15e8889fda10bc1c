import { sql } from "drizzle-orm";
import { check, index, pgTable, timestamp, uuid, varchar } from "drizzle-orm/pg-core";
import { actors } from "./actor.ts";
import { comments, discussionMessages } from "./discussion.ts";
import { events } from "./event.ts";
import { posts } from "./post.ts";

/**
 * What somebody here, or another server, asks the host to look at: an actor, and perhaps one event, comment, message or post of
 * theirs. A report that names several things is a row for each.
 */
export const flags = pgTable(
  "flags",
  {
    id: uuid().primaryKey(),
    /** The ActivityPub id of the Flag, when another server sent it. */
    uri: varchar({ length: 2048 }),
    /** Who reports: null for a visitor without an account. Of another server it is mostly the server's own actor. */
    reporterId: uuid().references(() => actors.id, { onDelete: "set null" }),
    /** The server that sent it; null: it was written here. */
    reporterHost: varchar({ length: 255 }),
    actorId: uuid().references(() => actors.id, { onDelete: "cascade" }),
    eventId: uuid().references(() => events.id, { onDelete: "cascade" }),
    commentId: uuid().references(() => comments.id, { onDelete: "cascade" }),
    postId: uuid().references(() => posts.id, { onDelete: "cascade" }),
    /** What was said among the members of a group, which the host does not read by itself. */
    messageId: uuid().references(() => discussionMessages.id, { onDelete: "cascade" }),
    /**
     * Its words as they were then, plain text, if the reporter lets the host see them; so of a comment that is for some alone, where ""
     * says that they do not.
     */
    quote: varchar({ length: 5000 }),
    /** Plain text. */
    content: varchar({ length: 5000 }).notNull().default(""),
    state: varchar({ length: 16 }).notNull().default("open"),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** When it was resolved or dismissed. */
    closedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    // The host's queue, the latest first.
    index("flags_queue").on(t.state, t.id),
    index("flags_reporter").on(t.reporterId),
    index("flags_actor").on(t.actorId),
    index("flags_event").on(t.eventId),
    index("flags_comment").on(t.commentId),
    index("flags_post").on(t.postId),
    index("flags_message").on(t.messageId),
    check("flags_state", sql`${t.state} in ('open', 'resolved', 'dismissed')`),
    check("flags_target", sql`num_nonnulls(${t.actorId}, ${t.eventId}, ${t.commentId}) > 0`),
    check("flags_closed", sql`(${t.state} = 'open') = (${t.closedAt} is null)`),
  ],
);
