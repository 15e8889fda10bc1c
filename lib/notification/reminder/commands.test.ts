import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { cancelEvent, updateEvent } from "#lib/event/commands.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { chooseReminder, confirmParticipation } from "#lib/participation/commands.ts";
import { joinAsProfile } from "#lib/participation/profile/commands.ts";
import { join, listMails, makeEvent, makeRequests } from "#lib/participation/testing.ts";
import { operator } from "#lib/policy/viewer.ts";
import { wallAt } from "#lib/time.ts";
import { chooseNotifications } from "../choice/commands.ts";
import type { Matrix } from "../choice/matrix.ts";
import { remindAll } from "./commands.ts";
import { reminderAt } from "./due.ts";

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

describe("a reminder that an account chose", () => {
  let count = 0;
  /** Somebody in a zone who takes part since two days, and chose so; who else they are. */
  async function holder(eventId: string, chosen: Partial<Matrix>, timezone = "UTC") {
    const who = await person(base.db, `holder${++count}`);
    await base.db.update(schema.accounts).set({ timezone }).where(eq(schema.accounts.id, who.account.id));
    await chooseNotifications(base.db, who.account.id, chosen);
    await joinAsProfile(base.db, who.viewer, eventId, { actor: who.actor.id, guests: 0, message: "", answers: {} });
    const [row] = await base.db
      .update(participations)
      .set({ confirmedAt: sql`now() - interval '8 days'` })
      .where(eq(participations.actorId, who.actor.id))
      .returning();
    return { ...who, id: row!.id };
  }
  const written = async (id: string) =>
    (await base.db.select().from(schema.mails).where(eq(schema.mails.participationId, id)))
      .filter(({ message }) => message === "event-reminder")
      .map(({ data }) => data.reminder ?? "reminder-day");
  const move = (eventId: string, hours: number) =>
    base.db.update(schema.events).set(inHours(hours)).where(eq(schema.events.id, eventId));

  it("comes a week before, once a start, and anew when the event moves", async () => {
    const event = await makeEvent(base.db, inHours(7 * 24 - 1));
    const ada = await holder(event.id, { "reminder-week": "at-once" });
    const bob = await holder(event.id, {});
    await Promise.all([remindAll(base.db), remindAll(base.db)]);
    await remindAll(base.db);
    expect([await written(ada.id), await written(bob.id)]).toEqual([["reminder-week"], []]);
    await move(event.id, 9 * 24);
    await remindAll(base.db);
    expect(await written(ada.id)).toEqual(["reminder-week"]);
    await move(event.id, 7 * 24 - 2);
    await remindAll(base.db);
    expect(await written(ada.id)).toEqual(["reminder-week", "reminder-week"]);
  });

  it("comes the day before, unless switched off", async () => {
    const event = await makeEvent(base.db, inHours(23));
    const [ada, bob] = [await holder(event.id, {}), await holder(event.id, { "reminder-day": "off" })];
    await remindAll(base.db);
    expect([await written(ada.id), await written(bob.id)]).toEqual([["reminder-day"], []]);
  });

  it("comes that morning by their own clock, to who chose it and had a place by then", async () => {
    // Somewhere it is past eight in the morning, and somewhere not yet.
    const now = new Date();
    const zoneAt = (hour: string) =>
      Intl.supportedValuesOf("timeZone").find((zone) => wallAt(now, zone).slice(11, 13) === hour)!;
    const [here, west] = [zoneAt("08"), zoneAt("07")];
    const event = await makeEvent(base.db, { ...inHours(5), timezone: here });
    const [ada, bob, cid, dan] = [
      await holder(event.id, { "reminder-morning": "at-once" }, here),
      await holder(event.id, { "reminder-morning": "at-once" }, west),
      await holder(event.id, {}, here),
      await holder(event.id, { "reminder-morning": "at-once" }, here),
    ];
    await base.db.update(participations).set({ confirmedAt: now }).where(eq(participations.id, dan.id));
    await Promise.all([remindAll(base.db), remindAll(base.db)]);
    const morning = async ({ id }: { id: string }) => (await written(id)).filter((one) => one !== "reminder-day");
    expect(await Promise.all([ada, bob, cid, dan].map(morning))).toEqual([["reminder-morning"], [], [], []]);
  });

  it.each([
    ["reminder-week", "2026-12-12T13:00:00Z", false, "Europe/Paris", "2026-12-05T13:00:00.000Z"],
    ["reminder-day", "2026-12-12T13:00:00Z", false, "Europe/Paris", "2026-12-11T13:00:00.000Z"],
    ["reminder-morning", "2026-12-12T13:00:00Z", false, "Europe/Paris", "2026-12-12T07:00:00.000Z"],
    ["reminder-morning", "2026-10-25T13:00:00Z", false, "Europe/Paris", "2026-10-25T07:00:00.000Z"],
    ["reminder-morning", "2026-03-29T13:00:00Z", false, "Europe/Paris", "2026-03-29T06:00:00.000Z"],
    // Where the reader is, the event is on the next day; or before eight.
    ["reminder-morning", "2026-12-12T13:00:00Z", false, "Pacific/Auckland", undefined],
    ["reminder-morning", "2026-12-12T06:30:00Z", false, "Europe/Paris", undefined],
    ["reminder-morning", "2026-12-11T23:00:00Z", true, "America/New_York", "2026-12-12T13:00:00.000Z"],
  ] as const)("%s of %s (all day: %s) in %s is due at %s", (subject, start, allDay, zone, at) => {
    const event = { startTime: new Date(start), allDay, timezone: "Europe/Paris" };
    expect(reminderAt(subject, event, zone)?.toISOString()).toBe(at);
  });
});
