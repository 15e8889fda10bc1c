import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { makeEvent } from "#lib/participation/testing.ts";
import { tzdata } from "#lib/time.ts";
import { followZones } from "./commands.ts";

const { eventNotices, events } = schema;
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await startSender(test.db);
});
afterAll(async () => {
  await stopSender();
  await test.drop();
});

const rowOf = async (id: string) => (await test.db.select().from(events).where(eq(events.id, id)))[0]!;

it("a zone that gets other rules moves what is to come in it, by its wall clock, and those who come are told", async () => {
  const [right, wrong] = [new Date("2030-01-01T18:00:00Z"), new Date("2030-01-01T19:00:00Z")];
  const hours = (start: Date) => ({ startTime: start, endTime: new Date(start.getTime() + 2 * 3_600_000) });
  const walls = { startWall: "2030-01-01 19:00:00", endWall: "2030-01-01 21:00:00", publishedAt: new Date() };
  const made = async (change: Parameters<typeof makeEvent>[1]) =>
    (await makeEvent(test.db, { ...walls, ...hours(wrong), ...change })).id;
  const moved = await made({});
  const stays = await made(hours(right));
  const mirror = await made({ uri: "https://elsewhere.example/events/1" });
  const past = await made({ startTime: new Date("2020-01-01T19:00:00Z"), endTime: new Date("2020-01-01T21:00:00Z") });
  const gone = await made({ startWall: "2030-03-31 02:30:00", endWall: null });
  expect(await followZones(test.db)).toBe(1);
  expect(await rowOf(moved)).toMatchObject({
    ...hours(right),
    sequence: 1,
    tzdata: tzdata(),
    previousStartTime: wrong,
  });
  expect(await rowOf(stays)).toMatchObject({ ...hours(right), sequence: 0, tzdata: tzdata() });
  for (const id of [mirror, past, gone]) expect(await rowOf(id)).toMatchObject({ sequence: 0, tzdata: "test" });
  const notices = await test.db.select({ id: eventNotices.eventId }).from(eventNotices);
  expect(notices).toEqual([{ id: moved }]);
  expect(await followZones(test.db)).toBe(0);
});
