import { mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, inArray, sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { openDiscussion, reviseMessage, writeMessage } from "#lib/discussion/message/commands.ts";
import { createEvent, updateEvent } from "#lib/event/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { makeEvent } from "#lib/participation/testing.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { revisePost, writePost } from "#lib/post/commands.ts";
import { mediaPath } from "#lib/urls.ts";
import { purgePictures, recordRemote, storePicture } from "./commands.ts";
import { pictureKind } from "./kind.ts";
import { getPicture } from "./queries.ts";
import { readStored, writeStored } from "./storage.ts";

let test: TestDatabase;
let ada: Awaited<ReturnType<typeof person>>;
beforeAll(async () => {
  test = await testDatabase();
  await startSender(test.db);
  ada = await person(test.db, "ada");
});
afterAll(async () => {
  await stopSender();
  await test.drop();
});

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
  const elsewhere = await recordRemote(db, ["https://there.example/new.jpg", "https://there.example/old.jpg"]);
  const coverId = elsewhere.get("https://there.example/new.jpg");
  await makeEvent(db, { organizerId, coverId, content: `Words\n\n![A wall](${mediaPath(inText)})` });
  await db
    .update(schema.media)
    .set({ createdAt: sql`now() - interval '49 hours'` })
    .where(inArray(schema.media.id, [keep, lost, inText, ...elsewhere.values()]));
  const { path } = (await getPicture(db, ada.viewer, lost))!;
  expect(await purgePictures(db), "with the record of one elsewhere that was shown before").toBe(2);
  expect(await readStored(path)).toBe(null);
  expect(await getPicture(db, ada.viewer, lost)).toBe(null);
  for (const id of [keep, fresh, inText])
    expect(await readStored((await getPicture(db, ada.viewer, id))!.path)).not.toBe(null);
});

it("is kept where the host says, and leaves nothing behind where it cannot be", async () => {
  const before = getConfig();
  const storageDir = mkdtempSync(join(tmpdir(), "parvis-pictures-"));
  setConfig({ ...before, storageDir });
  try {
    const id = await store(await plain(20, 20).png().toBuffer(), "");
    expect(readdirSync(storageDir)).toEqual([(await getPicture(test.db, ada.viewer, id))!.path]);
    // A directory stands where the file would: as little can be written there as on a disk that is full.
    const name = `${"0".repeat(32)}.webp`;
    mkdirSync(join(storageDir, name));
    await expect(writeStored(name, Buffer.alloc(9))).rejects.toThrow();
    expect(readdirSync(storageDir).filter((file) => file.endsWith(".part"))).toEqual([]);
  } finally {
    setConfig(before);
  }
});

it("opens no file outside of the storage", async () => {
  await expect(readStored("../secret.key")).rejects.toThrow("Not a name");
});

it("a text shows no picture of somebody else's by its id, but what it showed already or everybody sees; another server's shows none", async () => {
  const eve = await person(test.db, "mallory");
  const [inner, open] = [
    await store(await plain(9, 9).png().toBuffer(), ""),
    await store(await plain(9, 9).png().toBuffer(), ""),
  ];
  await makeEvent(test.db, { organizerId: ada.actor.id, state: "published", coverId: open });
  const mark = (id: string) => `Look: ![x](${mediaPath(id)})`;
  const group = await makeGroup(test.db);
  for (const { actor } of [ada, eve]) await enrol(test.db, group, { memberId: actor.id, role: "moderator" });
  const when = { startWall: "2031-05-06T19:00:00", timezone: "Europe/Paris", language: "en" } as const;
  const words = { name: "Look", language: "en" };
  const post = { ...words, tags: [] as string[], coverId: null, visibility: "public", publish: true } as const;
  const talk = newId();
  await openDiscussion(test.db, ada.viewer, group, { ...words, id: talk, content: mark(inner) });
  const event = await createEvent(test.db, eve.viewer, eve.actor.id, { ...when, name: "Look" } as never);
  const [posted, said] = [newId(), newId()];
  await writePost(test.db, eve.viewer, group, { ...post, id: posted, content: "Look" });
  await writeMessage(test.db, eve.viewer, talk, { ...words, id: said, content: "Look", quoted: null });
  const seenAt = async () =>
    (await test.db.select().from(schema.posts).where(eq(schema.posts.id, posted)))[0]!.updatedAt;
  const ways = {
    "an event": (content: string) =>
      createEvent(test.db, eve.viewer, eve.actor.id, { ...when, name: "Look", state: "published", content } as never),
    "an event's newer words": (content: string) => updateEvent(test.db, eve.viewer, event, { content }),
    "a post": (content: string) => writePost(test.db, eve.viewer, group, { ...post, id: newId(), content }),
    "a post's newer words": async (content: string) =>
      revisePost(test.db, eve.viewer, posted, { ...post, content }, { seenAt: await seenAt() }),
    "a discussion": (content: string) => openDiscussion(test.db, eve.viewer, group, { ...words, id: newId(), content }),
    "a message": (content: string) =>
      writeMessage(test.db, eve.viewer, talk, { ...words, id: newId(), content, quoted: null }),
    "a message's newer words": (content: string) => reviseMessage(test.db, eve.viewer, said, { content }),
  };
  for (const [where, write] of Object.entries(ways)) {
    await expect(write(mark(inner)), where).rejects.toMatchObject({ code: "picture-foreign", field: "content" });
    await write(mark(open));
    await write(mark(newId()));
  }
  expect(await getPicture(test.db, visitor, inner)).toBeNull();
  // What somebody else put there stays there.
  await test.db
    .update(schema.events)
    .set({ content: mark(inner) })
    .where(eq(schema.events.id, event));
  await updateEvent(test.db, eve.viewer, event, { content: `${mark(inner)} Again` });
  const foreign = await store(await plain(9, 9).png().toBuffer(), "");
  const html = `<a href="${mediaPath(foreign)}">Look</a>`;
  await makeEvent(test.db, { organizerId: ada.actor.id, state: "published", content: html, mediaType: "text/html" });
  expect(await getPicture(test.db, visitor, foreign)).toBeNull();
  await test.db.execute(sql`update media set created_at = now() - interval '3 days' where id = ${foreign}`);
  await purgePictures(test.db);
  expect(await test.db.$count(schema.media, inArray(schema.media.id, [inner, open, foreign]))).toBe(2);
});
