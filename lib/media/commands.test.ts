import { inArray, sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { newId } from "#lib/ids.ts";
import { makeEvent } from "#lib/participation/testing.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { mediaPath } from "#lib/urls.ts";
import { purgePictures, storePicture } from "./commands.ts";
import { pictureKind } from "./kind.ts";
import { getPicture } from "./queries.ts";
import { readStored } from "./storage.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#065e47" } });

it("keeps nothing of a picture but what is seen", async () => {
  const exif = { IFD0: { Copyright: "CANARY" }, IFD3: { GPSLatitude: "47/1 12/1 0/1" } };
  const bytes = await plain(2400, 1200).withExif(exif).jpeg().toBuffer();
  expect(bytes.includes("CANARY")).toBe(true);
  const id = await storePicture(test.db, bytes, "A green wall");
  const stored = await readStored((await getPicture(test.db, visitor, id))!.path);
  const { width, height, format, exif: left } = await sharp(stored!).metadata();
  expect({ width, height, format, left }).toEqual({ width: 1600, height: 800, format: "webp", left: undefined });
  expect(stored!.includes("CANARY")).toBe(false);
});

it("keeps the middle of a picture that is to be a square", async () => {
  const id = await storePicture(test.db, await plain(900, 300).png().toBuffer(), "", { square: true });
  const { width, height } = await sharp((await readStored((await getPicture(test.db, visitor, id))!.path))!).metadata();
  expect({ width, height }).toEqual({ width: 400, height: 400 });
});

it.each([
  [
    "an SVG",
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'),
  ],
  ["a text", Buffer.from("hello")],
  ["half a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])],
  ["nothing", Buffer.alloc(0)],
])("refuses %s", async (_, bytes) => {
  await expect(storePicture(test.db, bytes, "")).rejects.toMatchObject({ code: "file-unreadable" });
});

it("refuses a picture of more than forty million pixels", async () => {
  const bytes = await plain(8000, 6000).png().toBuffer();
  await expect(storePicture(test.db, bytes, "")).rejects.toMatchObject({ code: "file-unreadable" });
});

it.each([
  ["an SVG behind a byte order mark", "\ufeff<svg xmlns='http://www.w3.org/2000/svg'/>"],
  ["an SVG that says it is a GIF", "<!-- GIF89a --><svg/>"],
  ["a PDF", "%PDF-1.7\n"],
  ["a page", "<!doctype html><img>"],
])("takes %s for no picture, before anything reads it", (_, text) => {
  expect(pictureKind(Buffer.from(text))).toBe(null);
});

it("knows the five kinds by what they begin with", async () => {
  for (const kind of ["jpeg", "png", "gif", "webp", "avif"] as const)
    expect(pictureKind(await plain(20, 20).toFormat(kind).toBuffer())).toBe(kind);
});

it("erases what nothing shows after two days, with its file, and nothing else", async () => {
  const { db } = test;
  const keep = await storePicture(db, await plain(20, 20).png().toBuffer(), "shown");
  const lost = await storePicture(db, await plain(20, 20).png().toBuffer(), "given up");
  const fresh = await storePicture(db, await plain(20, 20).png().toBuffer(), "just now");
  const inText = await storePicture(db, await plain(20, 20).png().toBuffer(), "in a text");
  const organizerId = newId();
  await db.insert(schema.actors).values({ id: organizerId, type: "Person", handle: "shows", iconId: keep });
  await makeEvent(db, { organizerId, content: `Words\n\n![A wall](${mediaPath(inText)})` });
  await db
    .update(schema.media)
    .set({ createdAt: sql`now() - interval '49 hours'` })
    .where(inArray(schema.media.id, [keep, lost, inText]));
  const { path } = (await getPicture(db, visitor, lost))!;
  expect(await purgePictures(db)).toBe(1);
  expect(await readStored(path)).toBe(null);
  expect(await getPicture(db, visitor, lost)).toBe(null);
  for (const id of [keep, fresh, inText])
    expect(await readStored((await getPicture(db, visitor, id))!.path)).not.toBe(null);
});

it("opens no file outside of the storage", async () => {
  await expect(readStored("../secret.key")).rejects.toThrow("Not a name");
});
