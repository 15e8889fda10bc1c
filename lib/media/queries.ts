import { eq } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { isId } from "#lib/ids.ts";

/** A picture that lies in our storage, by primary key; null for others, also those that are only recorded. */
export async function getPicture(db: Db, id: string): Promise<{ path: string; mediaType: string } | null> {
  if (!isId(id)) return null;
  const { media } = schema;
  const [row] = await db.select({ path: media.path, mediaType: media.mediaType }).from(media).where(eq(media.id, id));
  return row?.path && row.mediaType ? { path: row.path, mediaType: row.mediaType } : null;
}
