import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { confirmParticipation } from "../commands.ts";
import { decideParticipation } from "../decision/commands.ts";
import { askQuestion, countSeats, join, listMails, listRows, makeEvent } from "../testing.ts";
import { addParticipation, moveUp, patience, removeParticipation, statesOf, undoDecision } from "./commands.ts";
import { listForTable, listParticipants, type Shelf } from "./queries.ts";

const { events, participations } = schema;
let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

type Made = Awaited<ReturnType<typeof makeEvent>>;
const runs = ({ organizerId }: Made): Viewer => ({
  kind: "account",
  accountId: newId(),
  role: "member",
  actorIds: [organizerId],
});
const stranger: Viewer = { kind: "account", accountId: newId(), role: "administrator", actorIds: [newId()] };
const list = async (event: Made, state: Shelf, words?: string) =>
  (await listParticipants(base.db, event.id, { state, words, limit: 50 })).map(({ email, name }) => email ?? name);
/** Joined and confirmed, in this order. */
async function people(event: Made, ...names: string[]) {
  for (const name of names)
    await confirmParticipation(base.db, await join(base.db, event.id, { email: `${name}@example.org`, name }));
}
const idOf = async (event: Made, name: string) =>
  (await listRows(base.db, event.id)).find((row) => row.name === name)!.id;
const mailsOf = (id: string) => base.db.$count(schema.mails, eq(schema.mails.participationId, id));
const oneEvent = (change: Parameters<typeof makeEvent>[1] = {}) => makeEvent(base.db, change);

describe("taking somebody off the list", () => {
  it("gives the seat to who waits, tells by mail, and lets nobody come back by their own link", async () => {
    const event = await oneEvent({ maximumAttendeeCapacity: 1, waitingList: true });
    const token = await join(base.db, event.id, { email: "ada@example.org", name: "ada" });
    await confirmParticipation(base.db, token);
    await people(event, "bob");
    await removeParticipation(base.db, runs(event), await idOf(event, "ada"));
    expect(await list(event, "accepted")).toEqual(["bob@example.org"]);
    expect(await listMails(base.db, event.id)).toContain("participation-left");
    await expect(confirmParticipation(base.db, token)).rejects.toMatchObject({ code: "already-decided" });
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 1, held: 1, accepted: 1 });
    await expect(removeParticipation(base.db, runs(event), await idOf(event, "ada"))).rejects.toMatchObject({
      code: "state-unchanged",
    });
  });
});

describe("taking a decision back", () => {
  it.each(["approve", "reject", "remove"] as const)(
    "restores the state and the seats after %s, and no mail leaves",
    async (act) => {
      const event = await oneEvent({ maximumAttendeeCapacity: 2, joinMode: act === "remove" ? "free" : "approval" });
      await people(event, "ada");
      const [viewer, id] = [runs(event), await idOf(event, "ada")];
      const [before] = await statesOf(base.db, viewer, event.id, [id]);
      const [seats, mails] = [await countSeats(base.db, event.id), await mailsOf(id)];
      if (act === "remove") await removeParticipation(base.db, viewer, id);
      else await decideParticipation(base.db, viewer, { participationId: id, decision: act, waits: patience });
      expect(await mailsOf(id)).toBe(mails + 1);
      await undoDecision(base.db, viewer, before!);
      expect((await statesOf(base.db, viewer, event.id, [id]))[0]).toEqual(before);
      expect(await countSeats(base.db, event.id)).toEqual(seats);
      expect(await mailsOf(id)).toBe(mails);
    },
  );

  it("is too late once the mail may have left, and when the place has gone on", async () => {
    const event = await oneEvent({ maximumAttendeeCapacity: 1, waitingList: true });
    await people(event, "ada", "bob");
    const [viewer, id] = [runs(event), await idOf(event, "ada")];
    await removeParticipation(base.db, viewer, id);
    await expect(undoDecision(base.db, viewer, { id, state: "accepted" })).rejects.toMatchObject({
      code: "event-full",
    });
    await base.db
      .update(participations)
      .set({ decidedAt: sql`now() - interval '13 seconds'` })
      .where(eq(participations.id, id));
    await expect(undoDecision(base.db, viewer, { id, state: "accepted" })).rejects.toMatchObject({
      code: "undo-too-late",
    });
  });
});

describe("moving up", () => {
  it("puts somebody first in the queue, and holds a free place for them at once", async () => {
    const event = await oneEvent({ maximumAttendeeCapacity: 1, waitingList: true });
    await people(event, "ada", "bob", "cleo", "dora");
    expect(await list(event, "waitlisted")).toEqual(["bob@example.org", "cleo@example.org", "dora@example.org"]);
    await moveUp(base.db, runs(event), await idOf(event, "dora"));
    expect(await list(event, "waitlisted")).toEqual(["dora@example.org", "bob@example.org", "cleo@example.org"]);
    await base.db.update(events).set({ maximumAttendeeCapacity: 2 }).where(eq(events.id, event.id));
    await moveUp(base.db, runs(event), await idOf(event, "cleo"));
    expect(await list(event, "accepted")).toEqual(["ada@example.org", "cleo@example.org"]);
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 2, held: 2, accepted: 2 });
  });
});

describe("somebody added by hand", () => {
  const person = (change = {}) => ({ name: "Zoé", email: "", guests: 1, formId: newId(), language: "fr", ...change });

  it("takes seats like anybody, once a form, and gets the link to their place where there is an address", async () => {
    const event = await oneEvent({ maximumAttendeeCapacity: 3 });
    const one = person({ email: "zoe@example.org" });
    const ids = await Promise.all(
      [1, 2].map(() => addParticipation(base.db, runs(event), event.id, one).catch(() => "")),
    );
    await addParticipation(base.db, runs(event), event.id, one);
    expect(ids.some(Boolean)).toBe(true);
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 2, held: 2, accepted: 1 });
    expect(await listMails(base.db, event.id)).toEqual(["participation-receipt"]);
    await addParticipation(base.db, runs(event), event.id, person({ guests: 0 }));
    expect(await listMails(base.db, event.id)).toHaveLength(1);
    await expect(addParticipation(base.db, runs(event), event.id, person())).rejects.toMatchObject({
      code: "event-full",
    });
  });

  it("is refused for an address that is no address, or on the list already", async () => {
    const event = await oneEvent();
    await people(event, "ada");
    const add = (email: string) => addParticipation(base.db, runs(event), event.id, person({ email }));
    await expect(add("not an address")).rejects.toMatchObject({ code: "email-invalid", field: "email" });
    await expect(add("ADA@example.org")).rejects.toMatchObject({ code: "already-listed" });
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 1, held: 1, accepted: 1 });
  });
});

describe("the lists", () => {
  it("find people by name, address, message and answer, taking % and _ literally", async () => {
    const event = await oneEvent({ joinMode: "approval" });
    for (const [name, message] of [
      ["Éloïse", "avec mon vélo"],
      ["100 %", "x"],
    ] as const) {
      const email = name === "100 %" ? "hundred@example.org" : "eloise@example.net";
      await confirmParticipation(base.db, await join(base.db, event.id, { email, name, message }));
    }
    const found = (words: string) => list(event, "pending", words);
    expect(await found("eloise")).toEqual(["eloise@example.net"]);
    expect(await found("VELO")).toEqual(["eloise@example.net"]);
    expect(await found("@example.org")).toEqual(["hundred@example.org"]);
    expect(await found("%")).toEqual(["hundred@example.org"]);
    expect(await found("_")).toEqual([]);
  });

  it("show what somebody answered, in the order of the questions", async () => {
    const event = await oneEvent({ joinMode: "approval" });
    const second = await askQuestion(base.db, event.id, { position: 2, label: "Size" });
    const first = await askQuestion(base.db, event.id, { position: 1, label: "Bike" });
    const answers = { [second.id]: "L", [first.id]: "Yes" };
    await confirmParticipation(
      base.db,
      await join(base.db, event.id, { email: "a@example.org", name: "ann", answers }),
    );
    await people(event, "ben");
    const told = (rows: { name: string; answers: object[] }[]) =>
      Object.fromEntries(rows.map((one) => [one.name, one.answers]));
    const given = [
      { id: first.id, label: "Bike", kind: "text", value: "Yes" },
      { id: second.id, label: "Size", kind: "text", value: "L" },
    ];
    const listed = await listParticipants(base.db, event.id, { state: "pending", limit: 9 });
    expect(told(listed)).toEqual({ ann: given, ben: [] });
    expect(told(await listForTable(base.db, event.id, null))).toEqual({ ann: given, ben: [] });
  });

  it("go on page by page without losing or repeating anybody", async () => {
    const event = await oneEvent();
    await people(event, "a", "b", "c", "d", "e");
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await listParticipants(base.db, event.id, { state: "accepted", limit: 2, after });
      seen.push(...page.map(({ name }) => name));
      if (page.length < 2) break;
      after = page.at(-1)!.id;
    }
    expect(seen).toEqual(["a", "b", "c", "d", "e"]);
  });
});

describe("whoever does not run the event", () => {
  it("finds nobody and does nothing, administrators of the server included", async () => {
    const event = await oneEvent({ waitingList: true });
    await people(event, "ada");
    const id = await idOf(event, "ada");
    for (const act of [
      () => removeParticipation(base.db, stranger, id),
      () => moveUp(base.db, stranger, id),
      () => undoDecision(base.db, stranger, { id, state: "pending" }),
      () => statesOf(base.db, stranger, event.id, [id]),
      () =>
        addParticipation(base.db, stranger, event.id, {
          name: "x",
          email: "",
          guests: 0,
          formId: newId(),
          language: "en",
        }),
    ])
      await expect(act()).rejects.toMatchObject({ code: "not-found" });
    expect(await list(event, "accepted")).toEqual(["ada@example.org"]);
  });
});
