import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { createActor } from "#lib/actor/commands.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { operator, type Viewer, visitor } from "#lib/policy/viewer.ts";
import { createEvent } from "../commands.ts";
import { duplicateEvent } from "../copy/commands.ts";
import { publishDue, publishEvent, scheduleEvent, unscheduleEvent } from "./commands.ts";

const { actors, events, questions } = schema;
let base: TestDatabase;
let organizer: string;
let other: string;
let owner: Viewer;

beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
  organizer = (await createActor(base.db, operator, { handle: "velo", name: "Vélo Lyon" })).id;
  other = (await createActor(base.db, operator, { handle: "other", name: "Other" })).id;
  owner = { kind: "account", accountId: other, role: "member", actorIds: [organizer] };
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

const stranger = (): Viewer => ({ kind: "account", accountId: organizer, role: "member", actorIds: [other] });
const ride = { name: "Ride", timezone: "Europe/Paris", startWall: "2030-06-05T21:00:00" };
const row = async (id: string) => (await base.db.select().from(events).where(eq(events.id, id)))[0]!;
const soon = () => new Date(Date.now() + 3_600_000);
const due = (id: string) =>
  base.db.update(events).set({ publishAt: sql`now() - interval '1 second'` }).where(eq(events.id, id));

describe("publication at a time", () => {
  it("happens once it is due, once, and not before", async () => {
    const id = await createEvent(base.db, owner, organizer, ride);
    await scheduleEvent(base.db, owner, id, soon());
    expect(await publishDue(base.db, id)).toBe(false);
    expect(await row(id)).toMatchObject({ state: "scheduled", publishedAt: null, listed: false });
    await due(id);
    expect(await publishDue(base.db, id)).toBe(true);
    expect(await row(id)).toMatchObject({ state: "published", publishAt: null, listed: true });
    expect(await publishDue(base.db, id)).toBe(false);
  });

  it("does not happen any more when it was taken back, nor a second time when somebody published before", async () => {
    const id = await createEvent(base.db, owner, organizer, ride);
    await scheduleEvent(base.db, owner, id, soon());
    await unscheduleEvent(base.db, owner, id);
    expect(await publishDue(base.db, id)).toBe(false);
    await scheduleEvent(base.db, owner, id, soon());
    await publishEvent(base.db, owner, id);
    const before = (await row(id)).publishedAt;
    expect(await publishDue(base.db, id)).toBe(false);
    expect((await row(id)).publishedAt).toEqual(before);
    await expect(scheduleEvent(base.db, owner, id, soon())).rejects.toMatchObject({ code: "state-unchanged" });
  });

  it("of somebody suspended is hidden with them, and so is what others publish for them", async () => {
    const ids = [];
    for (const _ of [1, 2]) ids.push(await createEvent(base.db, owner, organizer, ride));
    const [planned, draft] = ids as [string, string];
    await scheduleEvent(base.db, owner, planned, soon());
    await due(planned);
    const suspend = (at: Date | null) =>
      base.db.update(actors).set({ suspendedAt: at }).where(eq(actors.id, organizer));
    await suspend(new Date());
    await publishDue(base.db, planned);
    await publishEvent(base.db, owner, draft);
    await suspend(null);
    for (const id of ids)
      expect(await row(id)).toMatchObject({ state: "published", listed: false, hiddenWith: "suspended" });
  });

  it("is refused for the past, and to whoever does not run the event", async () => {
    const id = await createEvent(base.db, owner, organizer, ride);
    await expect(scheduleEvent(base.db, owner, id, new Date(0))).rejects.toMatchObject({ code: "date-past" });
    for (const viewer of [stranger(), visitor])
      for (const act of [() => scheduleEvent(base.db, viewer, id, soon()), () => unscheduleEvent(base.db, viewer, id)])
        await expect(act()).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("a copy", () => {
  it("is a draft with the same words and questions, nobody in it, and its own UID", async () => {
    const asked = [{ kind: "text" as const, label: "What is broken?" }];
    const id = await createEvent(base.db, owner, organizer, {
      ...ride,
      maximumAttendeeCapacity: 5,
      questions: asked,
      state: "published",
    });
    const hidden = { hiddenAt: new Date(), hiddenWith: "suspended" };
    const change = { seatsTaken: 3, sequence: 4, status: "cancelled", ...hidden };
    await base.db.update(events).set(change).where(eq(events.id, id));
    const copy = await row(await duplicateEvent(base.db, owner, id));
    expect(copy).toMatchObject({
      name: "Ride",
      state: "draft",
      status: "confirmed",
      seatsTaken: 0,
      sequence: 0,
      publishedAt: null,
      hiddenAt: null,
      maximumAttendeeCapacity: 5,
    });
    expect(copy.uid).not.toBe((await row(id)).uid);
    const rows = await base.db.select().from(questions).where(eq(questions.eventId, copy.id));
    expect(rows.map(({ label }) => label)).toEqual(["What is broken?"]);
  });

  it("is made once however often its form is sent, and by nobody else", async () => {
    const id = await createEvent(base.db, owner, organizer, ride);
    const form = "01a20ab5-35d9-7cd1-8cb2-2c72a9e96922";
    const made = await Promise.all([1, 2, 3].map(() => duplicateEvent(base.db, owner, id, form)));
    expect(new Set(made)).toEqual(new Set([form]));
    expect(await base.db.$count(events, eq(events.id, form))).toBe(1);
    await expect(duplicateEvent(base.db, stranger(), id)).rejects.toMatchObject({ code: "not-found" });
  });
});
