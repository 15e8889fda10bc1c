import { type SQL, sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
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

/** What the members of a group keep together: links, among them pads and calls, and folders of them. */
export const resources = pgTable(
  "resources",
  {
    /** The form's id: sent twice, it is one. */
    id: uuid().primaryKey(),
    /** The ActivityPub id of what came from another server; null for ours. */
    uri: varchar({ length: 2048 }),
    groupId: uuid()
      .notNull()
      .references(() => actors.id, { onDelete: "cascade" }),
    /** Who put it there. */
    actorId: uuid()
      .notNull()
      .references(() => actors.id),
    /** `folder`, `link`, or a link to what was made from one of the host's templates: `pad`, `call`. */
    type: varchar({ length: 8 }).notNull(),
    /** The folder that it lies in; null: none. */
    parentId: uuid(),
    /** How many folders it lies in. */
    depth: smallint().notNull().default(0),
    /** So that a folder lies in one that is less deep, and never within itself. */
    parentDepth: smallint().generatedAlwaysAs((): SQL => sql`depth - 1`),
    name: varchar({ length: 200 }).notNull(),
    /** Where it leads; null for a folder. */
    url: varchar({ length: 2048 }),
    summary: varchar({ length: 500 }).notNull().default(""),
    /** What the page behind a link says of itself, as plain text. */
    title: varchar({ length: 300 }).notNull().default(""),
    description: varchar({ length: 500 }).notNull().default(""),
    /** Whether that page was read: `none` where nobody asks it. */
    preview: varchar({ length: 8 }).notNull().default("none"),
    search: tsvector().generatedAlwaysAs(
      (): SQL => sql`event_document('und', name, summary || ' ' || title || ' ' || description || ' ' ||
        translate(coalesce(url, ''), '/.:?&=_-', '        '), null, '{}'::text[])`,
    ),
    /** It was put into a group of another server, which has not passed it on yet. */
    awaiting: boolean().notNull().default(false),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** A tombstone without words. */
    deletedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("resources_uri").on(t.uri),
    unique("resources_place").on(t.id, t.groupId, t.depth),
    foreignKey({
      name: "resources_parent",
      columns: [t.parentId, t.groupId, t.parentDepth],
      foreignColumns: [t.id, t.groupId, t.depth],
    }).onDelete("cascade"),
    // What lies in a folder, or in none, folders first; and the keyset.
    index("resources_list")
      .on(t.groupId, t.parentId, sql`(type <> 'folder')`, sql`fold(name)`, t.id)
      .where(sql`deleted_at is null`),
    // All of a group, for the servers of its members.
    index("resources_feed").on(t.groupId, t.depth, t.id).where(sql`deleted_at is null`),
    // What moves or goes with a folder.
    index("resources_inside").on(t.parentId).where(sql`parent_id is not null`),
    index("resources_words").using("gin", t.search).where(sql`deleted_at is null`),
    index("resources_actor").on(t.actorId),
    check("resources_type", sql`${t.type} in ('folder', 'link', 'pad', 'call')`),
    check("resources_preview", sql`${t.preview} in ('none', 'waiting', 'read', 'failed')`),
    check("resources_read", sql`${t.preview} = 'read' or (${t.title} = '' and ${t.description} = '')`),
    check("resources_depth", sql`${t.depth} between 0 and case ${t.type} when 'folder' then 4 else 5 end`),
    check("resources_nested", sql`(${t.parentId} is null) = (${t.depth} = 0)`),
    check("resources_named", sql`(${t.deletedAt} is null) = (${t.name} <> '')`),
    check("resources_url", sql`(${t.url} is null) = (${t.type} = 'folder' or ${t.deletedAt} is not null)`),
    check("resources_scheme", sql`${t.url} ~ '^https?://'`),
    check(
      "resources_erased",
      sql`${t.deletedAt} is null or (${t.summary} = '' and ${t.parentId} is null and ${t.preview} = 'none')`,
    ),
  ],
);
