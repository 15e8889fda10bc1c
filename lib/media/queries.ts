import { and, eq, notInArray, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import { eventsVisibleTo } from "#lib/policy/event.ts";
import { groupsReadBy } from "#lib/policy/group.ts";
import { postsVisibleTo } from "#lib/policy/post.ts";
import { type Viewer, visitor } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";

/**
 * What is needed to show a picture. `remote`: it is another server's, kept here as long as there is room; `open`:
 * everybody may see it.
 */
type KeptPicture = { path: string; mediaType: string; remote: boolean; open: boolean };

const { discussionMessages, discussions, events, media, posts } = schema;

/** The rows of a table whose text shows the picture at hand: none of another server's, which shows none of ours. */
export const inText = (table: "events" | "posts" | "discussion_messages"): SQL =>
  sql`${sql.raw(table)}.pictures @> array[media.id] and ${sql.raw(table)}.pictures <> '{}'
    and ${sql.raw(table)}.media_type = 'text/markdown'`;

/** Whether an event, or a post, that somebody may see shows the picture at hand. */
const inEvents = (to: SQL | undefined): SQL => sql`exists (select 1 from ${events} where ${events.id} in
  (select id from events where cover_id = media.id union all select id from events where ${inText("events")}) and ${to ?? sql`true`})`;
const inPosts = (to: SQL): SQL => sql`exists (select 1 from ${posts} where ${posts.id} in
  (select id from posts where cover_id = media.id union all select id from posts where ${inText("posts")}) and ${to})`;

/** Whether everybody may see the picture at hand. */
const isOpen = (): SQL<boolean> => sql`(exists (select 1 from actors where icon_id = media.id)
  or exists (select 1 from actors where image_id = media.id)
  or ${inEvents(eventsVisibleTo(visitor))} or ${inPosts(postsVisibleTo(visitor))})`;

/**
 * Whoever writes a text shows those pictures of ours in it that they uploaded, that it `showed` before, or that everybody may
 * see: nobody brings others' to light by their ids. By primary key, and as `getPicture`.
 * @throws Refusal picture-foreign beside the text.
 */
export async function expectOwnPictures(db: Db, viewer: Viewer, content: string, showed: string[] = []): Promise<void> {
  if (viewer.kind !== "account" || !content.includes("/media/")) return;
  const named = sql`${media.id} = any(pictures_in(${content}))`;
  const foreign = sql`${media.uploaderId} is distinct from ${viewer.accountId} and not ${isOpen()}`;
  if ((await db.$count(media, and(named, notInArray(media.id, showed), foreign))) > 0)
    throw new Refusal("picture-foreign", { field: "content" });
}

/**
 * A picture that lies in our storage, by primary key; null for others, also those that are only recorded, and for one
 * that only events, posts and discussions show which the viewer may not see. What nothing shows (yet, or any more) is
 * there for the account that uploaded it. By `events_cover`, `events_pictures`,
 * `posts_cover`, `posts_pictures`, `discussion_messages_pictures`, `actors_icon`, `actors_image`.
 */
export async function getPicture(db: Db, viewer: Viewer, id: string): Promise<KeptPicture | null> {
  if (!isId(id)) return null;
  const said = sql`select discussion_id from ${discussionMessages} where ${inText("discussion_messages")}`;
  const among = sql`exists (select 1 from ${discussions} d join actors on actors.id = d.group_id
    where d.id in (${said}) and ${groupsReadBy(viewer)})`;
  const own = viewer.kind === "account" ? sql`coalesce(${media.uploaderId} = ${viewer.accountId}, false)` : sql`false`;
  const [row] = await db
    .select({
      path: media.path,
      mediaType: media.mediaType,
      remoteUrl: media.remoteUrl,
      open: isOpen(),
      seen:
        viewer.kind === "visitor"
          ? sql<boolean>`false`
          : sql<boolean>`(${own} or ${inEvents(eventsVisibleTo(viewer))} or ${inPosts(postsVisibleTo(viewer))} or ${among})`,
    })
    .from(media)
    .where(eq(media.id, id));
  if (!row?.path || !row.mediaType || !(row.open || row.seen)) return null;
  return { path: row.path, mediaType: row.mediaType, remote: row.remoteUrl !== null, open: row.open };
}
