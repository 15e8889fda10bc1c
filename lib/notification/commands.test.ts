import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema, transact } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { cancelEvent, deleteEvent, updateEvent } from "#lib/event/commands.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { makeEvent } from "#lib/participation/testing.ts";
import { operator } from "#lib/policy/viewer.ts";
import { callOffEvent, purgeMails, tellChanges } from "./commands.ts";
import { countToldParticipations } from "./queries.ts";

const { eventNotices, events, mails, participations } = schema;
let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase({ max: 8 });
  await startSender(test.db);
});
afterAll(async () => {
  await stopSender();
  await test.drop();
});

const states = ["unconfirmed", "pending", "accepted", "waitlisted", "tentative", "rejected", "left"];

/** An event with one participant of each state, or `crowd` accepted ones. */
async function peopled(crowd = 0) {
  const event = await makeEvent(test.db, {
    publishedAt: new Date(),
    startWall: "2030-01-01 19:00:00",
    startTime: new Date("2030-01-01T18:00:00Z"),
    endTime: new Date("2030-01-01T20:00:00Z"),
  });
  const kinds = crowd ? Array.from({ length: crowd }, () => "accepted") : states;
  await test.db.insert(participations).values(
    kinds.map((state) => {
      const id = newId();
      const email = `${id}@example.org`;
      const expiresAt = new Date(Date.now() + 3600_000);
      return {
        id,
        eventId: event.id,
        email,
        emailKey: Buffer.from(id),
        state,
        language: "en",
        timezone: "UTC",
        expiresAt,
      };
    }),
  );
  return event;
}

const noticeOf = async (eventId: string) =>
  (
    await test.db.select().from(eventNotices).where(eq(eventNotices.eventId, eventId)).orderBy(sql`created_at desc`)
  )[0]!;

const told = (eventId: string) =>
  test.db
    .select({ message: mails.message, state: participations.state, data: mails.data })
    .from(mails)
    .innerJoin(participations, eq(participations.id, mails.participationId))
    .where(eq(participations.eventId, eventId))
    .orderBy(participations.state, mails.id);

const jobsOf = async (eventId: string) => {
  const ids = (
    await test.db
      .select({ id: mails.id })
      .from(mails)
      .innerJoin(participations, eq(participations.id, mails.participationId))
      .where(eq(participations.eventId, eventId))
  ).map(({ id }) => id);
  const rows = await test.db.execute<{ count: number }>(
    sql`select count(*)::int as count from pgboss.job where name = 'mail' and data->>'mailId' in ${ids}`,
  );
  return rows[0]!.count;
};

describe("a change", () => {
  it("is told once to everybody who is in, however often it was edited and the job runs", async () => {
    const event = await peopled();
    for (const minute of [1, 2, 3])
      await updateEvent(test.db, operator, event.id, { onlineUrl: `https://meet.example.org/${minute}` });
    const notice = await noticeOf(event.id);
    expect(await tellChanges(test.db, notice.id)).toBe(4);
    expect(await tellChanges(test.db, notice.id)).toBe(0);
    const rows = await told(event.id);
    expect(rows.map(({ state }) => state)).toEqual(["accepted", "pending", "tentative", "waitlisted"]);
    expect(rows[0]!.data.before!.onlineUrl).toBeNull();
    expect(rows[0]!.data.after!.onlineUrl).toBe("https://meet.example.org/3");
    expect(await jobsOf(event.id)).toBe(4);
  });

  it("that was taken back is not told, nor is one of an event that is off", async () => {
    const event = await peopled();
    await updateEvent(test.db, operator, event.id, { status: "tentative" });
    expect(await updateEvent(test.db, operator, event.id, { status: "confirmed" })).toMatchObject({ tellAt: null });
    expect(await tellChanges(test.db, (await noticeOf(event.id)).id)).toBe(0);
    await updateEvent(test.db, operator, event.id, { status: "tentative" });
    const open = await noticeOf(event.id);
    await cancelEvent(test.db, operator, event.id, "Storm");
    expect(await tellChanges(test.db, open.id)).toBe(0);
    expect(await told(event.id)).toEqual([]);
  });

  it("told by two workers at once is told once; one that was made while telling opens the next notice", async () => {
    const event = await peopled(300);
    await updateEvent(test.db, operator, event.id, { status: "tentative" });
    const first = await noticeOf(event.id);
    const [a, b] = await Promise.all([
      tellChanges(test.db, first.id),
      tellChanges(test.db, first.id),
      updateEvent(test.db, operator, event.id, { onlineUrl: "https://meet.example.org/late" }),
    ]);
    expect(a + b).toBe(300);
    const last = await noticeOf(event.id);
    const rows = await told(event.id);
    // Either the telling saw the late change, or the change has a notice of its own: never neither.
    const seen = rows[0]!.data.after!.onlineUrl !== null;
    expect(seen || last.id !== first.id).toBe(true);
    if (last.id !== first.id) expect(await tellChanges(test.db, last.id)).toBe(300);
  });

  it("is told to all or none: a job that dies midway leaves nothing, and its next run tells everybody", async () => {
    const event = await peopled(1200);
    await updateEvent(test.db, operator, event.id, { status: "tentative" });
    const { id } = await noticeOf(event.id);
    await expect(
      transact(test.db, async (tx) => {
        expect(await tellChanges(tx as unknown as typeof test.db, id)).toBe(1200);
        throw new Error("killed");
      }),
    ).rejects.toThrow("killed");
    expect(await told(event.id)).toEqual([]);
    const began = Date.now();
    expect(await tellChanges(test.db, id)).toBe(1200);
    expect(Date.now() - began).toBeLessThan(5000);
    expect(await jobsOf(event.id)).toBe(1200);
  });

  it("of a place that is kept back counts those alone who have a seat, as does one that leaves nothing else", async () => {
    const event = await peopled();
    const count = async (change: Parameters<typeof updateEvent>[3]) =>
      countToldParticipations(test.db, event.id, await updateEvent(test.db, operator, event.id, change));
    expect(await count({ placeDisclosure: "accepted", place: { name: "Hall" } })).toBe(1);
    expect(await count({ status: "tentative" })).toBe(4);
    expect(await count({ status: "confirmed", place: { name: "Barn" } })).toBe(1);
  });

  it("of an event that is over is not told", async () => {
    const event = await peopled();
    await updateEvent(test.db, operator, event.id, { status: "tentative" });
    const { id, before } = await noticeOf(event.id);
    const past = new Date(Date.now() - 3600_000);
    await test.db.update(events).set({ startTime: past, endTime: past }).where(eq(events.id, event.id));
    await test.db
      .update(eventNotices)
      .set({ before: { ...before, startTime: past.toISOString() } })
      .where(eq(eventNotices.id, id));
    expect(await tellChanges(test.db, id)).toBe(0);
  });
});

describe("the end", () => {
  it("is told once, again only when it was taken back and comes again", async () => {
    const event = await peopled();
    await cancelEvent(test.db, operator, event.id, "Storm");
    expect(await callOffEvent(test.db, event.id, "event-cancelled")).toBe(4);
    expect(await callOffEvent(test.db, event.id, "event-cancelled")).toBe(0);
    await updateEvent(test.db, operator, event.id, { status: "confirmed" });
    expect(await callOffEvent(test.db, event.id, "event-cancelled")).toBe(0);
    await cancelEvent(test.db, operator, event.id, "Storm again");
    expect(await callOffEvent(test.db, event.id, "event-cancelled")).toBe(4);
  });

  it("by deletion is told, unless everybody knows already that it is cancelled", async () => {
    const event = await peopled();
    await deleteEvent(test.db, operator, event.id);
    expect(await callOffEvent(test.db, event.id, "event-deleted")).toBe(4);
    const cancelled = await peopled();
    await cancelEvent(test.db, operator, cancelled.id, "");
    expect(await deleteEvent(test.db, operator, cancelled.id)).toMatchObject({ tellAt: null });
    expect(await callOffEvent(test.db, cancelled.id, "event-deleted")).toBe(0);
    expect(await callOffEvent(test.db, cancelled.id, "event-cancelled")).toBe(4);
  });
});

it("forgets settled mails after 30 days, and keeps what still waits", async () => {
  const event = await peopled();
  await cancelEvent(test.db, operator, event.id, "");
  await callOffEvent(test.db, event.id, "event-cancelled");
  const ids = (await test.db.select({ id: mails.id }).from(mails)).map(({ id }) => id);
  await test.db.update(mails).set({ createdAt: sql`now() - interval '31 days'` });
  await test.db
    .update(mails)
    .set({ state: "sent" })
    .where(inArray(mails.id, ids.slice(1)));
  await purgeMails(test.db);
  expect((await test.db.select({ id: mails.id }).from(mails)).map(({ id }) => id)).toEqual([ids[0]]);
});
