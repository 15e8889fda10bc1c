import { eq, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import { eventsVisibleTo } from "#lib/policy/event.ts";
import { type Viewer, visitor } from "#lib/policy/viewer.ts";

/**
 * What is needed to show a picture. `remote`: it is another server's, kept here as long as there is room; `open`:
 * everybody may see it.
 */
export type KeptPicture = { path: string; mediaType: string; remote: boolean; open: boolean };

const { events, media } = schema;

/**
 * A picture that lies in our storage, by primary key; null for others, also those that are only recorded, and for one
 * that only events show which the viewer may not see. By `events_cover`, `events_pictures`,
 * `actors_icon`, `actors_image`.
 */
export async function getPicture(db: Db, viewer: Viewer, id: string): Promise<KeptPicture | null> {
  if (!isId(id)) return null;
  const showing = sql`(select id from events where cover_id = ${id}
    union all select id from events where pictures @> array[${id}::uuid] and pictures <> '{}')`;
  const shown = (to: SQL | undefined) =>
    sql`exists (select 1 from ${events} where ${events.id} in ${showing} and ${to ?? sql`true`})`;
  const elsewhere = sql`not exists ${showing} or exists (select 1 from actors where icon_id = ${id})
    or exists (select 1 from actors where image_id = ${id})`;
  const [row] = await db
    .select({
      path: media.path,
      mediaType: media.mediaType,
      remoteUrl: media.remoteUrl,
      open: sql<boolean>`(${elsewhere} or ${shown(eventsVisibleTo(visitor))})`,
      seen: viewer.kind === "visitor" ? sql<boolean>`false` : sql<boolean>`${shown(eventsVisibleTo(viewer))}`,
    })
    .from(media)
    .where(eq(media.id, id));
  if (!row?.path || !row.mediaType || !(row.open || row.seen)) return null;
  return { path: row.path, mediaType: row.mediaType, remote: row.remoteUrl !== null, open: row.open };
}
