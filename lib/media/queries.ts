import { eq } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { isId } from "#lib/ids.ts";

/** What is needed to show a picture. `remote`: it is another server's, kept here as long as there is room. */
export type KeptPicture = { path: string; mediaType: string; remote: boolean };

/** A picture that lies in our storage, by primary key; null for others, also those that are only recorded. */
export async function getPicture(db: Db, id: string): Promise<KeptPicture | null> {
  if (!isId(id)) return null;
  const { media } = schema;
  const [row] = await db
    .select({ path: media.path, mediaType: media.mediaType, remoteUrl: media.remoteUrl })
    .from(media)
    .where(eq(media.id, id));
  if (!row?.path || !row.mediaType) return null;
  return { path: row.path, mediaType: row.mediaType, remote: row.remoteUrl !== null };
}
