import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { type Db, schema } from "#db/client.ts";
import { contentId, newId } from "#lib/ids.ts";
import { Refusal } from "#lib/refusal.ts";
import { writeStored } from "./storage.ts";

const formats = ["jpeg", "png", "webp", "avif", "gif"];
const widest = 1600;

/**
 * Keeps a picture: drawn anew as WebP of at most 1,600 pixels a side, so that nothing of the file but what is seen
 * remains. `name` is its alternative text (empty = decorative). Returns the id.
 * @throws Refusal file-unreadable for whatever is no JPEG, PNG, WebP, AVIF or GIF of at most 40 million pixels.
 */
export async function storePicture(db: Db, bytes: Uint8Array, name: string): Promise<string> {
  const drawn = await redraw(bytes).catch(() => {
    throw new Refusal("file-unreadable");
  });
  const path = `${randomBytes(16).toString("hex")}.webp`;
  await writeStored(path, drawn.data);
  const id = newId();
  const { width, height } = drawn.info;
  await db.insert(schema.media).values({ id, path, mediaType: "image/webp", width, height, name });
  return id;
}

async function redraw(bytes: Uint8Array) {
  const image = sharp(bytes, { limitInputPixels: 40_000_000, pages: 1, failOn: "error" });
  const { format } = await image.metadata();
  if (!formats.includes(format ?? "")) throw new Refusal("file-unreadable");
  const size = { width: widest, height: widest, fit: "inside", withoutEnlargement: true } as const;
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
