import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { setOrigin, updateInstance } from "#lib/instance/commands.ts";
import { makeEvent } from "#lib/participation/testing.ts";
import { readStored } from "../storage.ts";
import { fetchPicture, markShown, shrinkPictures } from "./commands.ts";

const { actors, events, media } = schema;
let test: TestDatabase;
let server: Server;
let origin: string;
let asked = 0;
const before = getConfig();

beforeAll(async () => {
  test = await testDatabase();
  await setOrigin(test.db, "http://localhost:3000");
  const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#065e47" } })
    .png()
    .toBuffer();
  server = createServer((_, res) => {
    asked++;
    res.writeHead(200, { "Content-Type": "image/png" }).end(picture);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  origin = `http://${host}`;
  setConfig({ ...before, privatePeers: [host] });
});
afterAll(async () => {
  setConfig(before);
  server.close();
  await test.drop();
});

const admitted = async () => true;
const row = async (id: string) => (await test.db.select().from(media).where(eq(media.id, id)))[0]!;

async function recorded({ shown = true } = {}): Promise<string> {
  const id = newId();
  await test.db.insert(media).values({ id, remoteUrl: `${origin}/${id}.png`, name: "" });
  if (shown) await makeEvent(test.db, { uri: `${origin}/events/${id}`, coverId: id, fetchedAt: new Date() });
  return id;
}

it("fetches a picture that something shows, once, and none that nothing shows or whose server is refused", async () => {
  const [one, unseen, refused] = [await recorded(), await recorded({ shown: false }), await recorded()];
  await fetchPicture(test.db, one, admitted);
  await fetchPicture(test.db, one, admitted);
  expect(asked).toBe(1);
  expect(await row(one)).toMatchObject({ mediaType: "image/webp", width: 64, size: expect.any(Number) });
  await fetchPicture(test.db, unseen, admitted);
  await fetchPicture(test.db, refused, async () => false);
  expect([asked, (await row(unseen)).path, (await row(refused)).path]).toEqual([1, null, null]);
});

it("keeps no more of them than the host allows: those that nobody saw for longest go, and are asked for again", async () => {
  await test.db.update(media).set({ path: null, size: null });
  const [old, seen, fresh] = [await recorded(), await recorded(), await recorded()];
  for (const id of [old, seen, fresh]) await fetchPicture(test.db, id, admitted);
  const path = (await row(old)).path!;
  const megabyte = sql`1000000`;
  await test.db.update(media).set({ size: megabyte }).where(sql`path is not null`);
  await test.db.update(media).set({ shownAt: sql`now() - interval '3 days'` }).where(eq(media.id, old));
  await test.db.update(media).set({ shownAt: sql`now() - interval '2 days'` }).where(eq(media.id, seen));
  const group = await makeGroup(test.db, { host: "elsewhere.example", iconId: old, imageId: seen });
  await updateInstance(test.db, { pictureCache: 3 });
  expect(await shrinkPictures(test.db)).toBe(0);
  await updateInstance(test.db, { pictureCache: 2 });
  await markShown(test.db, seen);
  expect(await shrinkPictures(test.db)).toBe(1);
  expect([(await row(old)).path, await readStored(path)]).toEqual([null, null]);
  expect([(await row(seen)).path, (await row(fresh)).path]).toEqual([expect.any(String), expect.any(String)]);
  const [event] = await test.db.select().from(events).where(eq(events.coverId, old));
  const [worn] = await test.db.select().from(actors).where(eq(actors.id, group));
  expect([worn!.iconId, worn!.imageId], "nothing shows what is not there").toEqual([null, seen]);
  expect(event!.fetchedAt, "its event is read again when somebody looks").toBeNull();
});
