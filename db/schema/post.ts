import { type SQL, sql } from "drizzle-orm";
import { boolean, check, index, pgTable, timestamp, uniqueIndex, uuid, varchar } from "drizzle-orm/pg-core";
import { actors } from "./actor.ts";
import { media } from "./media.ts";

/** What a group has to say: to everybody, to who has the address, or to its members alone. */
export const posts = pgTable(
  "posts",
  {
    /** The form's id: sent twice, it is one. */
    id: uuid().primaryKey(),
    /** The ActivityPub id of what came from another server; null for ours. */
    uri: varchar({ length: 2048 }),
    groupId: uuid()
      .notNull()
      .references(() => actors.id, { onDelete: "cascade" }),
    /** Who wrote it; null: the operator, or somebody who is here no more. The post is the group's. */
    actorId: uuid().references(() => actors.id, { onDelete: "set null" }),
    state: varchar({ length: 16 }).notNull().default("draft"),
    /** What was said of it last was sent to the group's own server, which has not passed it on yet. */
    awaiting: boolean().notNull().default(false),
    visibility: varchar({ length: 16 }).notNull().default("public"),
    /** Whether lists and feeds show it to everybody. */
    listed: boolean()
      .generatedAlwaysAs(sql`state = 'published' and visibility = 'public' and hidden_at is null`)
      .notNull(),
    name: varchar({ length: 200 }).notNull(),
    /** Markdown, or HTML from a peer (cleaned before it was kept), as `mediaType` says. */
    content: varchar({ length: 64_000 }).notNull().default(""),
    mediaType: varchar({ length: 32 }).notNull().default("text/markdown"),
    language: varchar({ length: 35 }).notNull().default("und"),
    tags: varchar({ length: 50 }).array().notNull().default(sql`'{}'`),
    coverId: uuid().references(() => media.id, { onDelete: "set null" }),
    /** The pictures of ours that the text shows (`pictures_in`). */
    pictures: uuid()
      .array()
      .generatedAlwaysAs((): SQL => sql`pictures_in(content)`)
      .notNull(),
    publishedAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    hiddenAt: timestamp({ withTimezone: true }),
    /** Hidden together with its group: `suspended`, or `silenced` with its server; null: by itself. */
    hiddenWith: varchar({ length: 16 }),
    /** A tombstone without words. */
    deletedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("posts_uri").on(t.uri),
    // The list of a group, its keyset, its feed, and the latest on its page.
    index("posts_list").on(t.groupId, t.publishedAt, t.id).where(sql`state = 'published'`),
    index("posts_unpublished").on(t.groupId, t.updatedAt, t.id).where(sql`state in ('draft', 'sent')`),
    // What was published of late, for those who are told of it; the sitemap.
    index("posts_published").on(t.publishedAt, t.id).where(sql`state = 'published'`),
    // Whether a feed changed since somebody last read it.
    index("posts_updated").on(t.updatedAt),
    index("posts_actor").on(t.actorId),
    // The purge of pictures that nothing shows.
    index("posts_cover").on(t.coverId).where(sql`cover_id is not null`),
    index("posts_pictures").using("gin", t.pictures).where(sql`pictures <> '{}'`),
    // `sent`: to the group's own server, which has not published it yet.
    check("posts_state", sql`${t.state} in ('draft', 'sent', 'published', 'deleted')`),
    check("posts_visibility", sql`${t.visibility} in ('public', 'unlisted', 'members')`),
    check("posts_media_type", sql`${t.mediaType} in ('text/markdown', 'text/html', 'text/plain')`),
    check("posts_published", sql`(${t.state} = 'draft') = (${t.publishedAt} is null)`),
    check("posts_tag_count", sql`cardinality(${t.tags}) <= 30`),
    check(
      "posts_hidden_with",
      sql`${t.hiddenWith} is null or (${t.hiddenWith} in ('silenced', 'suspended') and ${t.hiddenAt} is not null)`,
    ),
    check("posts_tombstone", sql`(${t.state} = 'deleted') = (${t.deletedAt} is not null)`),
    check("posts_named", sql`(${t.state} = 'deleted') = (${t.name} = '')`),
    check("posts_erased", sql`${t.state} <> 'deleted' or (${t.content} = '' and ${t.tags} = '{}')`),
  ],
);
