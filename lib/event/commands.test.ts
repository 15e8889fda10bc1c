import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { createActor } from "#lib/actor/commands.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { purgePlaces } from "#lib/place/commands.ts";
import { operator, type Viewer, visitor } from "#lib/policy/viewer.ts";
import { cancelEvent, createEvent, deleteEvent, updateEvent } from "./commands.ts";
import { type EventInput, eventChange, eventInput } from "./input.ts";
import { publishEvent } from "./publication/commands.ts";

let base: TestDatabase;
let organizerId: string;

beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
  organizerId = (await createActor(base.db, operator, { handle: "velo", name: "Vélo Lyon" })).id;
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

const ride: EventInput = {
  name: "Tour de nuit",
  content: "Apportez une lampe.",
  contact: "Anaïs, 06 00 00 00 00",
  facts: { price: { free: true } },
  timezone: "Europe/Paris",
  startWall: "2030-06-05T21:00:00",
  endWall: "2030-06-05T23:00:00",
  place: {
    name: "Place Bellecour",
    addressLocality: "Lyon",
    addressCountry: "France",
    latitude: 45.7578,
    longitude: 4.832,
  },
  state: "published",
};

const make = (input: Partial<EventInput> = {}) => createEvent(base.db, operator, organizerId, { ...ride, ...input });
const row = async (id: string) => (await base.db.select().from(schema.events).where(eq(schema.events.id, id)))[0]!;
const notices = (id: string) => base.db.select().from(schema.eventNotices).where(eq(schema.eventNotices.eventId, id));
const jobs = (kind: string, key: string) =>
  base.db.execute<{ data: Record<string, string>; wait: number }>(
    sql`select data, extract(epoch from start_after - now())::float8 as wait from pgboss.job where name = ${kind} and data::text like ${`%${key}%`}`,
  );

describe("creating an event", () => {
  it("keeps the wall clock, the zone and the instant", async () => {
    const event = await row(await make());
    expect(event).toMatchObject({ timezone: "Europe/Paris", sequence: 0, state: "published", locality: "Lyon" });
    expect(event.startWall).toBe("2030-06-05 21:00:00");
    expect(event.startTime.toISOString()).toBe("2030-06-05T19:00:00.000Z");
    expect(event.uid).toBe(`${event.id}@localhost:3000`);
  });

  it("makes one of a form that comes twice at once, with its questions", async () => {
    const form = { ...ride, id: newId(), questions: [{ kind: "text" as const, label: "What is broken?" }] };
    const click = () => createEvent(base.db, operator, organizerId, form);
    expect(await Promise.all([click(), click()])).toEqual([form.id, form.id]);
    expect(await base.db.$count(schema.questions, eq(schema.questions.eventId, form.id))).toBe(1);
    const { id } = await createActor(base.db, operator, { handle: "forger" });
    await expect(createEvent(base.db, operator, id, form)).rejects.toMatchObject({ code: "bad-form" });
  });

  it("refuses a time that a clock change skips, and takes the second of two equal ones when told", async () => {
    await expect(make({ startWall: "2030-03-31T02:30:00", endWall: null })).rejects.toMatchObject({
      code: "date-in-gap",
      field: "startWall",
    });
    const autumn = { startWall: "2030-10-27T02:30:00", endWall: null };
    expect((await row(await make(autumn))).startTime.toISOString()).toBe("2030-10-27T00:30:00.000Z");
    expect((await row(await make({ ...autumn, startFold: 1 }))).startTime.toISOString()).toBe(
      "2030-10-27T01:30:00.000Z",
    );
  });

  it("refuses an end before the start, a stranger and an unknown organiser", async () => {
    await expect(make({ endWall: "2030-06-05T20:00:00" })).rejects.toMatchObject({ code: "end-before-start" });
    await expect(createEvent(base.db, visitor, organizerId, ride)).rejects.toMatchObject({ code: "forbidden" });
    const nobody = "0193a0a0-0000-7000-8000-000000000000";
    await expect(createEvent(base.db, operator, nobody, ride)).rejects.toMatchObject({ code: "organizer-unknown" });
  });

  it("writes one row for one place, and weighs its town by the events in it", async () => {
    const place = {
      name: "Halle",
      addressLocality: "Brest",
      addressCountry: "France",
      latitude: 48.39,
      longitude: -4.49,
    };
    const [one, two] = [await row(await make({ place })), await row(await make({ place }))];
    expect(one.placeId).toBe(two.placeId);
    const [town] = await base.db.select().from(schema.towns).where(eq(schema.towns.name, "Brest"));
    expect(town!.weight).toBe(2);
  });

  it("shows searches nothing of a place that is kept back", async () => {
    const event = await row(await make({ placeDisclosure: "accepted" }));
    expect(event).toMatchObject({ latitude: null, longitude: null, locality: null });
    expect(event.placeId).not.toBeNull();
    await updateEvent(base.db, operator, event.id, { placeDisclosure: "everyone" });
    expect(await row(event.id)).toMatchObject({ locality: "Lyon", sequence: 0 });
  });
});

describe("changing an event", () => {
  it("raises SEQUENCE for time, place, online address and status, and for nothing else", async () => {
    const id = await make();
    const sequence = async (change: Parameters<typeof updateEvent>[3]) =>
      (await updateEvent(base.db, operator, id, change)).sequence;
    expect(await sequence({ name: "Tour", content: "Rien", tags: ["vélo"], maximumAttendeeCapacity: 9 })).toBe(0);
    expect(await sequence({ startWall: "2030-06-05T21:30:00" })).toBe(1);
    expect(await sequence({ startWall: "2030-06-05T21:30:00" })).toBe(1);
    expect(await sequence({ place: { ...ride.place, name: "Hôtel de Ville" } })).toBe(2);
    expect(await sequence({ onlineUrl: "https://meet.example.org/a" })).toBe(3);
    expect(await sequence({ status: "tentative" })).toBe(4);
    expect((await row(id)).previousStartTime?.toISOString()).toBe("2030-06-05T19:00:00.000Z");
  });

  it("opens one notice for three quick changes, which remembers the first state and is due in ten minutes", async () => {
    const id = await make();
    for (const hour of ["18", "19", "20"])
      await updateEvent(base.db, operator, id, { startWall: `2030-06-05T${hour}:00:00` });
    const [notice, ...others] = await notices(id);
    expect(others).toEqual([]);
    expect(notice!.before).toMatchObject({
      startTime: "2030-06-05T19:00:00.000Z",
      place: "Place Bellecour, Lyon, France",
      status: "confirmed",
    });
    const [job, ...more] = await jobs("event-changed", notice!.id);
    expect(more).toEqual([]);
    expect(job!.wait).toBeGreaterThan(590);
    await updateEvent(base.db, operator, id, { startWall: "2030-06-05T20:30:00" }, { now: true });
    expect((await jobs("event-changed", notice!.id)).map(({ wait }) => wait < 1)).toContain(true);
  });

  it("tells nobody of changes to a draft, or to what is over", async () => {
    const draft = await make({ state: "draft" });
    const past = await make({ startWall: "2020-06-05T21:00:00", endWall: "2020-06-05T22:00:00" });
    expect((await updateEvent(base.db, operator, draft, { startWall: "2030-06-05T20:00:00" })).tellAt).toBeNull();
    expect((await updateEvent(base.db, operator, past, { startWall: "2020-06-05T20:00:00" })).tellAt).toBeNull();
    expect([...(await notices(draft)), ...(await notices(past))]).toEqual([]);
  });

  it("refuses to overwrite what somebody else changed meanwhile", async () => {
    const id = await make();
    const { updatedAt } = await row(id);
    await updateEvent(base.db, operator, id, { name: "Autre nom" }, { seenAt: updatedAt });
    await expect(updateEvent(base.db, operator, id, { name: "Mon nom" }, { seenAt: updatedAt })).rejects.toMatchObject({
      code: "changed-meanwhile",
    });
  });

  it("lets neither visitors nor other organisers change it, and hides drafts from them", async () => {
    const [open, draft] = [await make(), await make({ state: "draft" })];
    const other: Viewer = { kind: "account", accountId: "a", role: "member", actorIds: [] };
    await expect(updateEvent(base.db, visitor, open, { name: "x" })).rejects.toMatchObject({ code: "not-found" });
    await expect(updateEvent(base.db, other, draft, { name: "x" })).rejects.toMatchObject({ code: "not-found" });
  });

  it("keeps a question's answers as long as the question stays as it is", async () => {
    const meal = { kind: "choice" as const, label: "Repas", choices: ["végétal", "autre"] };
    const id = await make({ questions: [meal, { kind: "text", label: "Allergies" }] });
    const asked = () => base.db.select().from(schema.questions).where(eq(schema.questions.eventId, id));
    const before = (await asked()).find(({ label }) => label === "Repas")!.id;
    await updateEvent(base.db, operator, id, { questions: [meal, { kind: "boolean", label: "Vélo prêté" }] });
    expect((await asked()).map(({ label }) => label).sort()).toEqual(["Repas", "Vélo prêté"]);
    expect((await asked()).find(({ label }) => label === "Repas")!.id).toBe(before);
  });
});

describe("publishing, calling off and deleting", () => {
  it("publishes a draft once", async () => {
    const id = await make({ state: "draft" });
    await publishEvent(base.db, operator, id);
    expect(await row(id)).toMatchObject({ state: "published", listed: true });
    await expect(publishEvent(base.db, operator, id)).rejects.toMatchObject({ code: "state-unchanged" });
  });

  it("calls off at once, and drops the change that nobody was told of yet", async () => {
    const id = await make();
    await updateEvent(base.db, operator, id, { startWall: "2030-06-05T20:00:00" });
    const { sequence } = await cancelEvent(base.db, operator, id, "Orage annoncé.");
    expect(sequence).toBe(2);
    expect(await row(id)).toMatchObject({ status: "cancelled", cancellationMessage: "Orage annoncé.", listed: true });
    expect((await notices(id)).map(({ closedAt }) => closedAt === null)).toEqual([false]);
    const [job] = await jobs("event-called-off", id);
    expect(job!.data.message).toBe("event-cancelled");
    expect(job!.wait).toBeLessThan(1);
    await expect(cancelEvent(base.db, operator, id)).rejects.toMatchObject({ code: "state-unchanged" });
    await updateEvent(base.db, operator, id, { status: "confirmed" });
    expect((await notices(id)).find(({ closedAt }) => !closedAt)!.before.status).toBe("cancelled");
    expect((await row(id)).cancellationMessage).toBe("");
  });

  it("leaves name and date of a deleted event, and nothing else that somebody wrote", async () => {
    const home = { ...ride.place, name: "Chez Anaïs" };
    const id = await make({ questions: [{ kind: "text", label: "Code de la porte" }], tags: ["nuit"], place: home });
    await make();
    await updateEvent(base.db, operator, id, { startWall: "2030-06-05T20:00:00" });
    await base.db.insert(schema.eventContacts).values({ eventId: id, actorId: organizerId });
    await deleteEvent(base.db, operator, id);
    expect(await base.db.$count(schema.eventContacts, eq(schema.eventContacts.eventId, id))).toBe(0);
    expect(await row(id)).toMatchObject({ state: "deleted", name: "Tour de nuit", content: "", contact: "", tags: [] });
    const [left] = await base.db.execute<{ text: string }>(
      sql`select (select to_json(e)::text from events e where id = ${id}) || (select coalesce(json_agg(n), '[]')::text from event_notices n where event_id = ${id}) || (select coalesce(json_agg(q), '[]')::text from questions q where event_id = ${id}) as text`,
    );
    await base.db.execute(sql`update places set created_at = now() - interval '2 hours'`);
    await purgePlaces(base.db);
    const places = (await base.db.select().from(schema.places)).map(({ name }) => name);
    expect(places).toContain("Place Bellecour");
    expect(places).not.toContain("Chez Anaïs");
    expect(left!.text).toContain("Tour de nuit");
    expect(left!.text).not.toMatch(/lampe|Bellecour|Lyon|Anaïs|06 00|Code de la porte|vélo/);
    expect((await jobs("event-called-off", id)).map(({ data }) => data.message)).toEqual(["event-deleted"]);
    await expect(updateEvent(base.db, operator, id, { name: "x" })).rejects.toMatchObject({ code: "gone" });
  });

  it("leaves nothing of a draft that nobody saw", async () => {
    const id = await make({ state: "draft" });
    await deleteEvent(base.db, operator, id);
    expect(await row(id)).toBeUndefined();
  });
});

describe("what an organiser types", () => {
  it("is refused with a code beside its field", () => {
    const parsed = eventInput.safeParse({
      name: " ",
      startWall: "2030-13-01",
      timezone: "Mars/Olympus",
      url: "javascript:alert(1)",
      maximumAttendeeCapacity: 0,
      place: { latitude: 4 },
      questions: [{ kind: "choice", label: "?", choices: ["one"] }],
      // Each fits by itself, and all of them no column.
      facts: { schedule: '"'.repeat(3_000), replay: `https://example.org/${"x".repeat(2_000)}` },
    });
    const faults = Object.fromEntries(parsed.error!.issues.map(({ path, message }) => [path.join("."), message]));
    expect(faults).toEqual({
      name: "required",
      startWall: "date-invalid",
      timezone: "zone-unknown",
      url: "url-invalid",
      maximumAttendeeCapacity: "number-invalid",
      "place.latitude": "place-incomplete",
      "questions.0.choices": "choice-invalid",
      "facts.schedule": "too-long",
    });
  });

  it("keeps only what it knows, and of a change only what is there", () => {
    expect(eventChange.parse({ name: " Soirée ", seatsTaken: 7, tags: ["#vélo", "vélo", ""] })).toEqual({
      name: "Soirée",
      tags: ["vélo"],
    });
  });
});

it("names a former start only while it is not the one that people know: what was corrected in time never moved", async () => {
  const id = await make();
  const former = async (hour: string) => {
    await updateEvent(base.db, operator, id, { startWall: `2030-06-05T${hour}:00:00` });
    return (await row(id)).previousStartTime?.toISOString().slice(11, 13) ?? null;
  };
  const told = () =>
    base.db.update(schema.eventNotices).set({ closedAt: new Date() }).where(eq(schema.eventNotices.eventId, id));
  expect([await former("20"), await former("21")]).toEqual(["19", null]);
  expect([await former("20"), await former("19"), await former("21")]).toEqual(["19", "19", null]);
  expect(await former("20")).toBe("19");
  await told();
  await updateEvent(base.db, operator, id, { onlineUrl: "https://meet.example.org/a" });
  expect([await former("20"), await former("18")]).toEqual(["19", "18"]);
});

it("forgets an old start that could only be named in another zone or manner", async () => {
  const id = await make();
  await updateEvent(base.db, operator, id, { startWall: "2030-06-05T20:00:00" });
  expect((await row(id)).previousStartTime).not.toBeNull();
  await updateEvent(base.db, operator, id, { timezone: "Asia/Tokyo" });
  expect((await row(id)).previousStartTime).toBeNull();
});
