import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, timestamp, uuid, varchar } from "drizzle-orm/pg-core";
import { accounts } from "./account.ts";

/** A picture: ours (`path` under the storage) or recorded from elsewhere (`remoteUrl`) and not fetched yet. */
export const media = pgTable(
  "media",
  {
    id: uuid().primaryKey(),
    path: varchar({ length: 255 }),
    remoteUrl: varchar({ length: 2048 }),
    mediaType: varchar({ length: 64 }),
    width: integer(),
    height: integer(),
    /** Alternative text; empty = decorative. */
    name: varchar({ length: 1500 }).notNull().default(""),
    /** Who uploaded it, and sees it also before or after anything shows it. */
    uploaderId: uuid().references(() => accounts.id, { onDelete: "set null" }),
    /** Bytes of what is stored, and when it was last shown (to the day): what others' servers' pictures are erased by. */
    size: integer(),
    shownAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    // Pictures of other servers that lie here, those first that nobody looked at for longest.
    index("media_kept").on(t.shownAt, t.id).where(sql`remote_url is not null and path is not null`),
    // The deletion of an account.
    index("media_uploader").on(t.uploaderId).where(sql`uploader_id is not null`),
    check("media_somewhere", sql`${t.path} is not null or ${t.remoteUrl} is not null`),
    check("media_size", sql`${t.width} between 1 and 20000 and ${t.height} between 1 and 20000`),
  ],
);
