import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { cancelEvent, updateEvent } from "#lib/event/commands.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { chooseReminder, confirmParticipation } from "#lib/participation/commands.ts";
import { join, listMails, makeEvent, makeRequests } from "#lib/participation/testing.ts";
import { operator } from "#lib/policy/viewer.ts";
import { remindAll } from "./commands.ts";

const { participations } = schema;
let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

const hour = 3_600_000;
const inHours = (hours: number) => ({
  startTime: new Date(Date.now() + hours * hour),
  endTime: new Date(Date.now() + (hours + 2) * hour),
});
/** An event with people who confirmed long ago; their tokens. */
async function eventWith(hours: number, names: string[], change = {}) {
  const event = await makeEvent(base.db, { ...inHours(hours), ...change });
  const tokens: string[] = [];
  for (const name of names) {
    tokens.push(await join(base.db, event.id, { email: `${name}@example.org`, name }));
    await confirmParticipation(base.db, tokens.at(-1)!);
  }
  await base.db
    .update(participations)
    .set({ confirmedAt: sql`now() - interval '2 days'` })
    .where(eq(participations.eventId, event.id));
  return { event, tokens };
}
const reminders = async (eventId: string) =>
  (await listMails(base.db, eventId)).filter((message) => message === "event-reminder").length;

describe("a reminder", () => {
  it("goes to each who has a place, a day before, once, however often and at once it is looked for", async () => {
    const { event } = await eventWith(23, ["ada", "bob"]);
    const { event: far } = await eventWith(25, ["ada"]);
    const { event: past } = await eventWith(23, ["ada"]);
    await base.db
      .update(schema.events)
      .set({ startTime: sql`now() - interval '1 hour'` })
      .where(eq(schema.events.id, past.id));
    await Promise.all([remindAll(base.db), remindAll(base.db), remindAll(base.db)]);
    await remindAll(base.db);
    expect(await reminders(event.id)).toBe(2);
    expect(await reminders(far.id)).toBe(0);
    expect(await reminders(past.id)).toBe(0);
  });

  it("moves with the event: the new start is reminded of anew", async () => {
    const { event } = await eventWith(20, ["ada"], { startWall: "2030-01-01 10:00:00" });
    await remindAll(base.db);
    const start = new Date(Date.now() + 44 * hour).toISOString().slice(0, 19);
    await updateEvent(base.db, operator, event.id, { startWall: start, endWall: null, timezone: "UTC" });
    await remindAll(base.db);
    expect(await reminders(event.id)).toBe(1);
    await base.db
      .update(schema.events)
      .set({ startTime: sql`now() + interval '22 hours'` })
      .where(eq(schema.events.id, event.id));
    await remindAll(base.db);
    expect(await reminders(event.id)).toBe(2);
  });

  it("leaves out who has no place, who said no, who has just confirmed, and what is called off or hidden", async () => {
    const { event, tokens } = await eventWith(10, ["ada", "bob"], { maximumAttendeeCapacity: 2, waitingList: true });
    await chooseReminder(base.db, tokens[0]!, false);
    await confirmParticipation(base.db, await join(base.db, event.id, { email: "cid@example.org", name: "cid" }));
    const { event: off } = await eventWith(10, ["ada"]);
    await cancelEvent(base.db, operator, off.id);
    const { event: fresh } = await eventWith(10, []);
    await confirmParticipation(base.db, await join(base.db, fresh.id));
    const { event: draft } = await eventWith(10, ["ada"]);
    await base.db.update(schema.events).set({ state: "draft" }).where(eq(schema.events.id, draft.id));
    await remindAll(base.db);
    expect(await Promise.all([event, off, fresh, draft].map(({ id }) => reminders(id)))).toEqual([1, 0, 0, 0]);
  });

  it("reaches all of a thousand and more", async () => {
    const event = await makeEvent(base.db, inHours(12));
    await makeRequests(base.db, event.id, 1_200);
    await base.db
      .update(participations)
      .set({ state: "accepted", expiresAt: null, confirmedAt: sql`now() - interval '2 days'` })
      .where(eq(participations.eventId, event.id));
    await remindAll(base.db);
    expect(await reminders(event.id)).toBe(1_200);
  });
});
