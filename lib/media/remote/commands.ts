import { and, eq, isNull } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { fetchDocument } from "#lib/outbound/client.ts";
import { Refusal } from "#lib/refusal.ts";
import { drawPicture } from "../commands.ts";

const { media } = schema;

/**
 * Fetches a picture of another server once, draws it anew and keeps it, so that no reader's browser asks another host. What
 * is no picture, too large or not to be had stays a record of its address. May run twice.
 */
export async function fetchPicture(db: Database, id: string): Promise<void> {
  const waiting = and(eq(media.id, id), isNull(media.path));
  const [row] = await db.select().from(media).where(waiting);
  if (!row?.remoteUrl) return;
  try {
    const { body } = await fetchDocument(row.remoteUrl, { accept: "image/*", most: 10 * 1024 * 1024 });
    await db
      .update(media)
      .set(await drawPicture(body))
      .where(waiting);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}
