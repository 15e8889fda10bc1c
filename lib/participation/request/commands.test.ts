import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { cancelParticipation, confirmParticipation } from "../commands.ts";
import { eraseParticipation } from "../erasure/commands.ts";
import { askQuestion, getRow, join, listMails, listRows, makeEvent, pass, request, tokenOf } from "../testing.ts";
import { joinEvent, resendConfirmation } from "./commands.ts";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase({ max: 20 });
  await startSender(base.db);
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});
beforeEach(() => base.db.delete(schema.limits));

const minute = 61;

describe("asking to take part", () => {
  it("keeps an unconfirmed request for 48 hours and mails its link once, with a job in the queue", async () => {
    const event = await makeEvent(base.db);
    const id = await joinEvent(base.db, visitor, request(event.id, { guests: 0, language: "fr" }));
    const row = await getRow(base.db, id);
    expect(row).toMatchObject({
      state: "unconfirmed",
      language: "fr",
      timezone: "Europe/Paris",
      email: "ada@example.org",
    });
    expect((row.expiresAt!.getTime() - Date.now()) / 3_600_000).toBeCloseTo(48, 1);
    expect(await listMails(base.db, event.id)).toEqual(["confirm-participation"]);
    const jobs = await base.db.execute<{ data: object }>(sql`select data from pgboss.job where name = 'mail'`);
    expect(JSON.stringify(jobs)).not.toMatch(/ada|example/);
    expect(jobs.length).toBe(1);
  });

  it("takes a double click, two tabs and the way back as one participation and one mail", async () => {
    const event = await makeEvent(base.db);
    const click = request(event.id);
    await Promise.all([click, click, { ...click, formId: newId() }].map((one) => joinEvent(base.db, visitor, one)));
    await pass(base.db, event.id, minute);
    await joinEvent(base.db, visitor, { ...click, name: "Ada L." });
    expect(await listRows(base.db, event.id)).toHaveLength(1);
    expect(await listMails(base.db, event.id)).toEqual(["confirm-participation"]);
    expect((await listRows(base.db, event.id))[0]!.name).toBe("Ada L.");
  });

  it("takes a corrected address in the same form as another person", async () => {
    const event = await makeEvent(base.db);
    const click = request(event.id, { email: "ada@exmaple.org" });
    await joinEvent(base.db, visitor, click);
    await joinEvent(base.db, visitor, { ...click, email: "ada@example.org" });
    const rows = await listRows(base.db, event.id);
    expect(rows.map(({ email }) => email).sort()).toEqual(["ada@example.org", "ada@exmaple.org"]);
    expect(await listMails(base.db, event.id)).toHaveLength(2);
  });

  it.each(["ADA@Example.ORG", " ada@example.org ", "ａｄａ@example.org", "ada@EXAMPLE.org"])(
    "knows one person by %j",
    async (email) => {
      const event = await makeEvent(base.db);
      await join(base.db, event.id);
      await join(base.db, event.id, { email });
      expect(await listRows(base.db, event.id)).toHaveLength(1);
    },
  );

  it("keeps sub-addresses apart as people, and counts them together as a mailbox", async () => {
    const event = await makeEvent(base.db);
    for (let i = 0; i < 5; i++) await join(base.db, event.id, { email: `eve+${i}@example.org` });
    expect(await listRows(base.db, event.id)).toHaveLength(5);
    expect(await listMails(base.db, event.id)).toHaveLength(3);
  });

  it("mails again after a minute, and not before, with the same link", async () => {
    const event = await makeEvent(base.db);
    const token = await join(base.db, event.id);
    await join(base.db, event.id);
    expect(await listMails(base.db, event.id)).toHaveLength(1);
    await pass(base.db, event.id, minute);
    expect(await join(base.db, event.id)).toBe(token);
    expect(await listMails(base.db, event.id)).toHaveLength(2);
    await pass(base.db, event.id, minute);
    const again = { eventId: event.id, email: "ada@example.org" };
    await resendConfirmation(base.db, visitor, again);
    await resendConfirmation(base.db, visitor, again);
    expect(await listMails(base.db, event.id)).toHaveLength(3);
  });

  it("takes other words for it with another mail alone: behind a link that is on its way nobody changes what it confirms", async () => {
    const event = await makeEvent(base.db, { maximumGuests: 2 });
    const first = request(event.id, { name: "Ada" });
    await joinEvent(base.db, visitor, first);
    const said = async () => (await listRows(base.db, event.id)).map(({ name, guests }) => [name, guests]);
    await join(base.db, event.id, { name: "Mallory", guests: 2 });
    expect(await said()).toEqual([["Ada", 0]]);
    // The same form is the same person, who went back to it.
    await joinEvent(base.db, visitor, { ...first, guests: 1 });
    expect(await said()).toEqual([["Ada", 1]]);
    expect(await listMails(base.db, event.id)).toHaveLength(1);
    await pass(base.db, event.id, minute);
    await join(base.db, event.id, { name: "Ada L." });
    expect(await said()).toEqual([["Ada L.", 0]]);
    expect(await listMails(base.db, event.id)).toHaveLength(2);
  });

  it("lets nobody but them bring back who has left: they are mailed their link, and stay away until they use it", async () => {
    const event = await makeEvent(base.db, { maximumGuests: 2 });
    const token = await join(base.db, event.id);
    await confirmParticipation(base.db, token);
    await cancelParticipation(base.db, token);
    await pass(base.db, event.id, minute);
    await join(base.db, event.id, { name: "Mallory", guests: 2 });
    expect((await listRows(base.db, event.id))[0]).toMatchObject({
      state: "left",
      name: "Ada",
      guests: 0,
      expiresAt: null,
    });
    expect((await listMails(base.db, event.id)).at(-1)).toBe("confirm-participation");
    expect(await confirmParticipation(base.db, token)).toMatchObject({ state: "accepted" });
  });

  it("never mails an unproven address a fourth time in an hour, whoever asks and for whatever event", async () => {
    const events = await Promise.all(Array.from({ length: 8 }, () => makeEvent(base.db)));
    await Promise.all(
      events.map((event) => joinEvent(base.db, visitor, request(event.id, { email: "vic@example.org" }))),
    );
    const mails = await Promise.all(events.map((event) => listMails(base.db, event.id)));
    expect(mails.flat()).toHaveLength(3);
    // Nobody's request is lost for it: the rows wait, and the mail can be asked for later.
    expect((await Promise.all(events.map((event) => listRows(base.db, event.id)))).flat()).toHaveLength(8);
  });

  it("lets somebody who has confirmed before ask for more", async () => {
    const first = await makeEvent(base.db);
    await confirmParticipation(base.db, await join(base.db, first.id, { email: "bea@example.org" }));
    const events = await Promise.all(Array.from({ length: 6 }, () => makeEvent(base.db)));
    for (const event of events) await join(base.db, event.id, { email: "bea@example.org" });
    expect((await Promise.all(events.map((event) => listMails(base.db, event.id)))).flat()).toHaveLength(6);
  });

  it("tells who takes part already by another mail, changing nothing", async () => {
    const event = await makeEvent(base.db, { maximumGuests: 2 });
    const token = await join(base.db, event.id);
    await confirmParticipation(base.db, token);
    await pass(base.db, event.id, minute);
    await join(base.db, event.id, { name: "Mallory", guests: 2 });
    const [row] = await listRows(base.db, event.id);
    expect(row).toMatchObject({ state: "accepted", name: "Ada", guests: 0 });
    expect((await listMails(base.db, event.id)).at(-1)).toBe("already-participating");
  });

  it("makes a new link for a request that has died, and leaves the old one dead", async () => {
    const event = await makeEvent(base.db);
    const old = await join(base.db, event.id);
    await pass(base.db, event.id, 49 * 3600);
    await expect(confirmParticipation(base.db, old)).rejects.toMatchObject({ code: "not-found" });
    const fresh = await join(base.db, event.id);
    expect(fresh).not.toBe(old);
    await expect(confirmParticipation(base.db, old)).rejects.toMatchObject({ code: "not-found" });
    expect(await confirmParticipation(base.db, fresh)).toMatchObject({ state: "accepted" });
  });

  it("begins anew for somebody who was erased", async () => {
    const event = await makeEvent(base.db);
    const token = await join(base.db, event.id);
    await confirmParticipation(base.db, token);
    await eraseParticipation(base.db, token);
    const again = await join(base.db, event.id);
    expect(await confirmParticipation(base.db, again)).toMatchObject({ state: "accepted" });
    expect(await listRows(base.db, event.id)).toHaveLength(2);
  });

  it("is rolled back whole when the mail cannot be written", async () => {
    const event = await makeEvent(base.db);
    await stopSender();
    await expect(join(base.db, event.id)).rejects.toThrow(/job sender/);
    await startSender(base.db);
    expect(await listRows(base.db, event.id)).toEqual([]);
    expect((await base.db.select().from(schema.limits)).length).toBe(0);
  });
});

const past = { startTime: new Date(Date.now() - 7_200_000), endTime: new Date(Date.now() - 3_600_000) };

describe("an event that cannot be joined says why", () => {
  it.each([
    ["event-over", past],
    ["event-cancelled", { status: "cancelled" }],
    ["join-closed", { joinMode: "closed" }],
    ["join-external", { joinMode: "external", externalParticipationUrl: "https://example.org/register" }],
    ["event-full", { maximumAttendeeCapacity: 2, seatsTaken: 2 }],
    ["not-found", { state: "draft" }],
    ["not-found", { state: "scheduled", publishAt: new Date(Date.now() + 1000) }],
    ["not-found", { state: "deleted", deletedAt: new Date() }],
    ["not-found", { visibility: "members" }],
    ["not-found", { hiddenAt: new Date() }],
    ["event-not-open", { uri: "https://elsewhere.example/events/1" }],
  ])("%s for %j", async (code, change) => {
    const event = await makeEvent(base.db, change);
    await expect(join(base.db, event.id)).rejects.toMatchObject({ code });
    expect(await listRows(base.db, event.id)).toEqual([]);
  });

  it.each(["nonsense", "", newId()])("not-found for the id %j", async (id) => {
    await expect(join(base.db, id)).rejects.toMatchObject({ code: "not-found" });
  });

  it("also at the confirmation, when things have changed since", async () => {
    const { search: _, listed: __, pictures: ___, ...event } = await makeEvent(base.db);
    const token = await join(base.db, event.id);
    for (const [code, change] of [
      ["event-cancelled", { status: "cancelled" }],
      ["event-over", past],
      ["join-closed", { joinMode: "closed" }],
      ["event-not-open", { state: "deleted", deletedAt: new Date() }],
      ["event-not-open", { hiddenAt: new Date() }],
    ] as const) {
      await base.db.update(schema.events).set(change).where(eq(schema.events.id, event.id));
      await expect(confirmParticipation(base.db, token)).rejects.toMatchObject({ code });
      await base.db.update(schema.events).set(event).where(eq(schema.events.id, event.id));
    }
    expect(await confirmParticipation(base.db, token)).toMatchObject({ state: "accepted" });
  });

  it("counts guests, asks for names and answers, and names the field", async () => {
    const event = await makeEvent(base.db, {
      maximumAttendeeCapacity: 3,
      seatsTaken: 1,
      maximumGuests: 4,
      nameRequired: true,
    });
    const choice = await askQuestion(base.db, event.id, { kind: "choice", choices: ["soup", "bread"], required: true });
    const box = await askQuestion(base.db, event.id, { kind: "boolean", position: 2 });
    const answers = { [choice.id]: "soup" };
    const refused = (change: object) =>
      join(base.db, event.id, { answers, ...change }).catch(({ code, field }) => [code, field]);
    expect(await refused({ guests: 5 })).toEqual(["too-few-places", "guests"]);
    expect(await refused({ guests: 2 })).toEqual(["too-few-places", "guests"]);
    expect(await refused({ name: "" })).toEqual(["name-required", "name"]);
    expect(await refused({ answers: {} })).toEqual(["answer-required", `answers[${choice.id}]`]);
    expect(await refused({ answers: { [choice.id]: "cake" } })).toEqual(["choice-invalid", `answers[${choice.id}]`]);
    expect(await refused({ answers: { ...answers, [box.id]: "perhaps" } })).toEqual([
      "choice-invalid",
      `answers[${box.id}]`,
    ]);
    const id = await joinEvent(
      base.db,
      visitor,
      request(event.id, { answers: { ...answers, [newId()]: "?" }, guests: 1 }),
    );
    const kept = await base.db.select().from(schema.answers).where(eq(schema.answers.participationId, id));
    expect(kept.map(({ questionId, value }) => [questionId, value])).toEqual([[choice.id, "soup"]]);
    expect(await tokenOf(base.db, id)).toHaveLength(43);
  });
});
