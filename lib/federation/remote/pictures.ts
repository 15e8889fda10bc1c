import { eq, inArray } from "drizzle-orm";
import { type Database, type Db, schema } from "#db/client.ts";
import { keepPicture } from "#lib/media/remote/commands.ts";
import type { ActorRow } from "../actors.ts";
import { standingOf } from "../peers/queries.ts";

const { actors, media } = schema;

/** The addresses of the pictures that we keep of an actor, by their ids here. By primary key. */
async function keptOf(db: Db, { iconId, imageId }: ActorRow): Promise<Map<string, string | null>> {
  const ids = [iconId, imageId].filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const rows = await db.select({ id: media.id, url: media.remoteUrl }).from(media).where(inArray(media.id, ids));
  return new Map(rows.map(({ id, url }) => [id, url]));
}

const pictures = [
  ["iconId", "iconUrl"],
  ["imageId", "imageUrl"],
] as const;

/** Whether a group of another server shows itself with other pictures than we keep of it. */
export async function lacksPictures(db: Db, actor: ActorRow): Promise<boolean> {
  if (actor.type !== "Group") return false;
  const kept = await keptOf(db, actor);
  return pictures.some(([id, url]) => (kept.get(actor[id] ?? "") ?? null) !== actor[url]);
}

/**
 * Fetches the picture and the banner with which a group of another server shows itself now, so that they show from here; what
 * is not to be had leaves it without. Nothing from, or of, a server that the host limited. May run twice.
 */
export async function fetchPictures(db: Database, actorId: string): Promise<void> {
  const [actor] = await db.select().from(actors).where(eq(actors.id, actorId));
  if (!actor?.host || actor.deletedAt || actor.suspendedAt || !(await lacksPictures(db, actor))) return;
  const kept = await keptOf(db, actor);
  const isOpen = async (host: string) => (await standingOf(db, host)) === "open";
  const admitted = await isOpen(actor.host);
  for (const [id, url] of pictures) {
    const there = admitted ? actor[url] : null;
    if (there !== null && kept.get(actor[id] ?? "") === there) continue;
    const fresh = there && (await isOpen(new URL(there).host)) ? await keepPicture(db, there) : null;
    await db
      .update(actors)
      .set({ [id]: fresh })
      .where(eq(actors.id, actorId));
  }
}
