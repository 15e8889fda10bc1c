import { eq, inArray, sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { newId } from "#lib/ids.ts";
import { makeEvent } from "#lib/participation/testing.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { mediaPath } from "#lib/urls.ts";
import { purgePictures, storePicture } from "./commands.ts";
import { pictureKind } from "./kind.ts";
import { getPicture } from "./queries.ts";
import { readStored } from "./storage.ts";

let test: TestDatabase;
let ada: Awaited<ReturnType<typeof person>>;
beforeAll(async () => {
  test = await testDatabase();
  ada = await person(test.db, "ada");
});
afterAll(() => test.drop());

/** A picture of Ada's. */
const store = (bytes: Buffer, name: string, more: { square?: boolean } = {}) =>
  storePicture(test.db, bytes, name, { ...more, uploaderId: ada.account.id });
const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#065e47" } });

it("keeps nothing of a picture but what is seen", async () => {
  const exif = { IFD0: { Copyright: "CANARY" }, IFD3: { GPSLatitude: "47/1 12/1 0/1" } };
  const bytes = await plain(2400, 1200).withExif(exif).jpeg().toBuffer();
  expect(bytes.includes("CANARY")).toBe(true);
  const id = await store(bytes, "A green wall");
  const stored = await readStored((await getPicture(test.db, ada.viewer, id))!.path);
  const { width, height, format, exif: left } = await sharp(stored!).metadata();
  expect({ width, height, format, left }).toEqual({ width: 1600, height: 800, format: "webp", left: undefined });
  expect(stored!.includes("CANARY")).toBe(false);
});

it("keeps the middle of a picture that is to be a square", async () => {
  const id = await store(await plain(900, 300).png().toBuffer(), "", { square: true });
  const { width, height } = await sharp(
    (await readStored((await getPicture(test.db, ada.viewer, id))!.path))!,
  ).metadata();
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

it("shows what nothing shows, not yet or no more, to who uploaded it alone", async () => {
  const { db } = test;
  const id = await store(await plain(20, 20).png().toBuffer(), "");
  const eve = await person(db, "eve");
  const seen = async () => {
    const all = [];
    for (const viewer of [ada.viewer, eve.viewer, visitor]) all.push((await getPicture(db, viewer, id))?.open);
    return all;
  };
  const unseen = [false, undefined, undefined];
  expect(await seen()).toEqual(unseen);
  const event = await makeEvent(db, { visibility: "members", coverId: id });
  expect(await seen()).toEqual(unseen);
  const change = (values: Partial<typeof schema.events.$inferInsert>) =>
    db.update(schema.events).set(values).where(eq(schema.events.id, event.id));
  await change({ visibility: "public" });
  expect(await seen()).toEqual([true, true, true]);
  await change({ visibility: "members", coverId: null });
  expect(await seen()).toEqual(unseen);
});

it("erases what nothing shows after two days, with its file, and nothing else", async () => {
  const { db } = test;
  const keep = await store(await plain(20, 20).png().toBuffer(), "shown");
  const lost = await store(await plain(20, 20).png().toBuffer(), "given up");
  const fresh = await store(await plain(20, 20).png().toBuffer(), "just now");
  const inText = await store(await plain(20, 20).png().toBuffer(), "in a text");
  const organizerId = newId();
  await db.insert(schema.actors).values({ id: organizerId, type: "Person", handle: "shows", iconId: keep });
  await makeEvent(db, { organizerId, content: `Words\n\n![A wall](${mediaPath(inText)})` });
  await db
    .update(schema.media)
    .set({ createdAt: sql`now() - interval '49 hours'` })
    .where(inArray(schema.media.id, [keep, lost, inText]));
  const { path } = (await getPicture(db, ada.viewer, lost))!;
  expect(await purgePictures(db)).toBe(1);
  expect(await readStored(path)).toBe(null);
  expect(await getPicture(db, ada.viewer, lost)).toBe(null);
  for (const id of [keep, fresh, inText])
    expect(await readStored((await getPicture(db, ada.viewer, id))!.path)).not.toBe(null);
});

it("opens no file outside of the storage", async () => {
  await expect(readStored("../secret.key")).rejects.toThrow("Not a name");
});
