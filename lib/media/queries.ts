import { eq, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import { eventsVisibleTo } from "#lib/policy/event.ts";
import { groupsReadBy } from "#lib/policy/group.ts";
import { postsVisibleTo } from "#lib/policy/post.ts";
import { type Viewer, visitor } from "#lib/policy/viewer.ts";

/**
 * What is needed to show a picture. `remote`: it is another server's, kept here as long as there is room; `open`:
 * everybody may see it.
 */
export type KeptPicture = { path: string; mediaType: string; remote: boolean; open: boolean };

const { discussionMessages, discussions, events, media, posts } = schema;

/**
 * A picture that lies in our storage, by primary key; null for others, also those that are only recorded, and for one
 * that only events, posts and discussions show which the viewer may not see. What nothing shows (yet, or any more) is
 * there for the account that uploaded it. By `events_cover`, `events_pictures`,
 * `posts_cover`, `posts_pictures`, `discussion_messages_pictures`, `actors_icon`, `actors_image`.
 */
export async function getPicture(db: Db, viewer: Viewer, id: string): Promise<KeptPicture | null> {
  if (!isId(id)) return null;
  const showing = sql`(select id from events where cover_id = ${id}
    union all select id from events where pictures @> array[${id}::uuid] and pictures <> '{}')`;
  const shown = (to: SQL | undefined) =>
    sql`exists (select 1 from ${events} where ${events.id} in ${showing} and ${to ?? sql`true`})`;
  const posted = sql`(select id from posts where cover_id = ${id}
    union all select id from posts where pictures @> array[${id}::uuid] and pictures <> '{}')`;
  const postedTo = (to: SQL) => sql`exists (select 1 from ${posts} where ${posts.id} in ${posted} and ${to})`;
  const said = sql`${discussionMessages} m where m.pictures @> array[${id}::uuid] and m.pictures <> '{}'`;
  const among = sql`exists (select 1 from ${discussions} d join actors on actors.id = d.group_id
    where d.id in (select m.discussion_id from ${said}) and ${groupsReadBy(viewer)})`;
  const worn = sql`exists (select 1 from actors where icon_id = ${id}) or exists (select 1 from actors where image_id = ${id})`;
  const own = viewer.kind === "account" ? sql`coalesce(${media.uploaderId} = ${viewer.accountId}, false)` : sql`false`;
  const [row] = await db
    .select({
      path: media.path,
      mediaType: media.mediaType,
      remoteUrl: media.remoteUrl,
      open: sql<boolean>`(${worn} or ${shown(eventsVisibleTo(visitor))} or ${postedTo(postsVisibleTo(visitor))})`,
      seen:
        viewer.kind === "visitor"
          ? sql<boolean>`false`
          : sql<boolean>`(${own} or ${shown(eventsVisibleTo(viewer))} or ${postedTo(postsVisibleTo(viewer))} or ${among})`,
    })
    .from(media)
    .where(eq(media.id, id));
  if (!row?.path || !row.mediaType || !(row.open || row.seen)) return null;
  return { path: row.path, mediaType: row.mediaType, remote: row.remoteUrl !== null, open: row.open };
}
