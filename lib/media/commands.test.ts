import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { storePicture } from "./commands.ts";
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
  const stored = await readStored((await getPicture(test.db, id))!.path);
  const { width, height, format, exif: left } = await sharp(stored!).metadata();
  expect({ width, height, format, left }).toEqual({ width: 1600, height: 800, format: "webp", left: undefined });
  expect(stored!.includes("CANARY")).toBe(false);
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

it("opens no file outside of the storage", async () => {
  await expect(readStored("../secret.key")).rejects.toThrow("Not a name");
});
