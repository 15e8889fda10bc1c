import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import { accounts } from "./account.ts";
import { media } from "./media.ts";

/** An ActivityStreams actor: a person or group of this server (`host` is null) or of another one. */
export const actors = pgTable(
  "actors",
  {
    id: uuid().primaryKey(),
    type: varchar({ length: 16 }).notNull(),
    /** preferredUsername. Never given to somebody else: the row stays as a tombstone. */
    handle: varchar({ length: 64 }).notNull(),
    /** Null for actors of this server; else the ASCII, lower-case host (with port if any). */
    host: varchar({ length: 255 }),
    /** The ActivityPub id of a remote actor; a local one's follows from its handle. */
    uri: varchar({ length: 2048 }),
    url: varchar({ length: 2048 }),
    inbox: varchar({ length: 2048 }),
    sharedInbox: varchar({ length: 2048 }),
    outbox: varchar({ length: 2048 }),
    followersUri: varchar({ length: 2048 }),
    /** Of a remote actor: its pictures there, what its home draws its cover from, and when its document was last read. */
    iconUrl: varchar({ length: 2048 }),
    imageUrl: varchar({ length: 2048 }),
    seed: varchar({ length: 64 }),
    fetchedAt: timestamp({ withTimezone: true }),
    /** Whether somebody decides who follows (`manuallyApprovesFollowers`). */
    approvesFollowers: boolean().notNull().default(false),
    accountId: uuid().references((): AnyPgColumn => accounts.id, { onDelete: "set null" }),
    name: varchar({ length: 100 }).notNull().default(""),
    summary: varchar({ length: 5000 }).notNull().default(""),
    tone: varchar({ length: 8 }),
    locality: varchar({ length: 120 }),
    iconId: uuid().references(() => media.id, { onDelete: "set null" }),
    imageId: uuid().references(() => media.id, { onDelete: "set null" }),
    /** How one becomes a member of a group: Mobilizon's `openness`. */
    openness: varchar({ length: 16 }),
    /** Of a group: whether lists show it, its members' names stand on its page, and all of them make its events. */
    visibility: varchar({ length: 16 }).notNull().default("public"),
    membersShown: boolean().notNull().default(false),
    membersOrganise: boolean().notNull().default(false),
    /** The id of the actor that this one has moved to; of a group of this server, also since when. */
    movedTo: text(),
    movedAt: timestamp({ withTimezone: true }),
    /** Of a group: the ids of those that say they have moved here, and are let. */
    alsoKnownAs: text().array().notNull().default(sql`'{}'`),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    suspendedAt: timestamp({ withTimezone: true }),
    /** Whether it is suspended with its whole server, and will come back with it. */
    suspendedWithServer: boolean().notNull().default(false),
    deletedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    unique("actors_address").on(t.handle, t.host).nullsNotDistinct(),
    uniqueIndex("actors_uri").on(t.uri),
    index("actors_host").on(t.host).where(sql`host is not null`),
    index("actors_account").on(t.accountId),
    index("actors_icon").on(t.iconId).where(sql`icon_id is not null`),
    index("actors_image").on(t.imageId).where(sql`image_id is not null`),
    // Groups to be found, by a piece of their name, handle, text or town.
    index("actors_groups")
      .using("gin", sql`fold(name || ' ' || handle || ' ' || coalesce(locality, '') || ' ' || summary) gin_trgm_ops`)
      .where(sql`type = 'Group' and visibility = 'public' and deleted_at is null and suspended_at is null`),
    // The same in the order of their handles.
    index("actors_groups_order")
      .on(t.handle, t.id)
      .where(sql`type = 'Group' and visibility = 'public' and deleted_at is null and suspended_at is null`),
    check("actors_type", sql`${t.type} in ('Person', 'Group', 'Application', 'Service', 'Organization')`),
    check("actors_local_handle", sql`${t.host} is not null or ${t.handle} ~ '^[a-z0-9_]{1,30}$'`),
    check("actors_remote_uri", sql`(${t.host} is null) = (${t.uri} is null)`),
    check("actors_tone", sql`${t.tone} in ('pine', 'sea', 'iris', 'plum', 'brick', 'ochre', 'moss', 'slate')`),
    check("actors_openness", sql`${t.openness} in ('open', 'moderated', 'invite_only')`),
    check("actors_visibility", sql`${t.visibility} in ('public', 'unlisted')`),
    // A group is nobody's profile: its members act for it.
    check("actors_group_account", sql`${t.type} <> 'Group' or ${t.accountId} is null`),
    check("actors_moved_to_length", sql`length(${t.movedTo}) <= 2048`),
    check("actors_moved_at", sql`${t.host} is not null or (${t.movedTo} is null) = (${t.movedAt} is null)`),
    check(
      "actors_also_known_as",
      sql`cardinality(${t.alsoKnownAs}) <= 10 and length(array_to_string(${t.alsoKnownAs}, ' ')) <= 20500`,
    ),
  ],
);
