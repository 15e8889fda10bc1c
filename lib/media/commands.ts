import { randomBytes } from "node:crypto";
import { and, eq, inArray, lt, sql } from "drizzle-orm";
import sharp from "sharp";
import { type Db, schema } from "#db/client.ts";
import { contentId, newId } from "#lib/ids.ts";
import { Refusal } from "#lib/refusal.ts";
import { pictureKind } from "./kind.ts";
import { inText } from "./queries.ts";
import { removeStored, writeStored } from "./storage.ts";

let last: Promise<unknown> = Promise.resolve();
/** One picture at a time: each may need two hundred megabytes. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work, work);
  last = turn.catch(() => {});
  return turn;
}

const widest = 1600;

/**
 * Keeps a picture: drawn anew as WebP of at most 1,600 pixels a side, so that nothing of the file but what is seen
 * remains; `square`: its middle, of at most 400. `uploaderId`: the account that sees it while nothing shows it. `name` is its alternative text (empty = decorative). Returns the id.
 * @throws Refusal file-unreadable for whatever is no JPEG, PNG, WebP, AVIF or GIF of at most 40 million pixels.
 */
export async function storePicture(
  db: Db,
  bytes: Uint8Array,
  name: string,
  { square = false, uploaderId }: { square?: boolean; uploaderId?: string } = {},
): Promise<string> {
  const id = newId();
  await db.insert(schema.media).values({ id, uploaderId, ...(await drawPicture(bytes, { square })), name });
  return id;
}

/** Draws a picture anew and stores it. Returns the columns of its row. @throws Refusal file-unreadable. */
export async function drawPicture(bytes: Uint8Array, { square = false } = {}) {
  if (!pictureKind(bytes)) throw new Refusal("file-unreadable");
  const drawn = await inTurn(() => redraw(bytes, square)).catch(() => {
    throw new Refusal("file-unreadable");
  });
  const path = `${randomBytes(16).toString("hex")}.webp`;
  await writeStored(path, drawn.data);
  const { width, height } = drawn.info;
  return { path, mediaType: "image/webp", width, height, size: drawn.data.byteLength };
}

async function redraw(bytes: Uint8Array, square: boolean) {
  const image = sharp(bytes, { limitInputPixels: 40_000_000, pages: 1, failOn: "error" });
  const side = square ? 400 : widest;
  const size = { width: side, height: side, fit: square ? "cover" : "inside", withoutEnlargement: !square } as const;
  return image
    .rotate()
    .resize(size)
    .webp({ quality: 80 })
    .timeout({ seconds: 10 })
    .toBuffer({ resolveWithObject: true });
}

/** Records where pictures of others lie, one row an address; nothing is fetched. Returns their ids by address. */
export async function recordRemote(db: Db, addresses: string[]): Promise<Map<string, string>> {
  const ids = new Map(addresses.map((remoteUrl) => [remoteUrl, contentId("remote", remoteUrl)]));
  const rows = [...ids].map(([remoteUrl, id]) => ({ id, remoteUrl })).sort((a, b) => (a.id < b.id ? -1 : 1));
  if (rows.length > 0) await db.insert(schema.media).values(rows).onConflictDoNothing();
  return ids;
}

/** Gives a picture another alternative text. */
export async function describePicture(db: Db, id: string, name: string): Promise<void> {
  await db.update(schema.media).set({ name }).where(eq(schema.media.id, id));
}

/**
 * Erases pictures that nothing shows any more, two days after they came: a form that was given up, an event that was
 * deleted; also the mere record of one elsewhere. Five hundred at a time; returns how many. By `events_cover`, `events_pictures`, `posts_cover`, `posts_pictures`,
 * `discussion_messages_pictures`, `actors_icon` and `actors_image`.
 */
export async function purgePictures(db: Db): Promise<number> {
  const { media } = schema;
  const unused = await db
    .select({ id: media.id, path: media.path })
    .from(media)
    .where(
      and(
        lt(media.createdAt, sql`now() - interval '48 hours'`),
        sql`not exists (select 1 from events where cover_id = ${media.id})`,
        sql`not exists (select 1 from events where ${inText("events")})`,
        sql`not exists (select 1 from posts where cover_id = ${media.id})`,
        sql`not exists (select 1 from posts where ${inText("posts")})`,
        sql`not exists (select 1 from discussion_messages where ${inText("discussion_messages")})`,
        sql`not exists (select 1 from actors where icon_id = ${media.id})`,
        sql`not exists (select 1 from actors where image_id = ${media.id})`,
      ),
    )
    .limit(500);
  if (unused.length === 0) return 0;
  // The row first: a file without a row is found by nobody, a row without a file would be a hole in a page.
  await db.delete(media).where(
    inArray(
      media.id,
      unused.map(({ id }) => id),
    ),
  );
  for (const { path } of unused) if (path) await removeStored(path);
  return unused.length;
}
