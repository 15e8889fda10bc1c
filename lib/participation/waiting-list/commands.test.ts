import { and, asc, count, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connection, connect, type Database, schema, transact } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { updateEvent } from "#lib/event/commands.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { operator } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { tokenHash } from "#lib/secrets.ts";
import { cancelParticipation, changeParticipation, confirmParticipation } from "../commands.ts";
import { decideParticipation } from "../decision/commands.ts";
import { addParticipation, moveUp } from "../desk/commands.ts";
import { eraseParticipation } from "../erasure/commands.ts";
import { countSeats, listMails, listRows, makeEvent, makeRequests } from "../testing.ts";
import { moveQueues } from "./commands.ts";
import { countBefore } from "./queries.ts";

const { events, participations } = schema;
let base: TestDatabase;
let other: Connection;
beforeAll(async () => {
  base = await testDatabase({ max: 12 });
  other = connect(base.url, { max: 12 });
  await startSender(base.db);
});
afterAll(async () => {
  await stopSender();
  await other.close();
  await base.drop();
});

type Act = (db: Database, token: string) => Promise<unknown>;

/** All at once, half of them through another pool; what is refused is fine, what fails is not. */
async function rush(jobs: [Act, string][]): Promise<void> {
  const outcomes = await Promise.allSettled(jobs.map(([act, token], i) => act(i % 2 ? other.db : base.db, token)));
  for (const outcome of outcomes)
    if (outcome.status === "rejected" && !(outcome.reason instanceof Refusal)) throw outcome.reason;
}

const row = async (token: string) => {
  const [found] = await base.db
    .select()
    .from(participations)
    .where(eq(participations.tokenHash, tokenHash(token)));
  return found!;
};
const states = async (tokens: string[]) => (await Promise.all(tokens.map(row))).map(({ state }) => state);
const confirm: Act = (db, token) => confirmParticipation(db, token);

/** Confirms one after another, so that the order of the queue is known. */
async function confirmAll(tokens: string[]) {
  for (const token of tokens) await confirmParticipation(base.db, token);
}

/** Whether somebody waits whose party would fit into what is free: it must never be so. */
async function unsold(eventId: string): Promise<number> {
  const [found] = await base.db
    .select({ waiting: count() })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .where(
      and(
        eq(events.id, eventId),
        eq(participations.state, "waitlisted"),
        sql`${events.maximumAttendeeCapacity} - ${events.seatsTaken} >= 1 + ${participations.guests}`,
      ),
    );
  return found!.waiting;
}

describe("the waiting list", () => {
  it("takes who finds no place, in the order in which they confirmed", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 2, waitingList: true });
    const tokens = await makeRequests(base.db, event.id, 5);
    await confirmAll(tokens);
    expect(await states(tokens)).toEqual(["accepted", "accepted", "waitlisted", "waitlisted", "waitlisted"]);
    const places = await Promise.all(tokens.slice(2).map(async (token) => countBefore(base.db, await row(token))));
    expect(places).toEqual([0, 1, 2]);
    expect(await listMails(base.db, event.id)).toContain("participation-requested");
  });

  it("gives a seat that falls free to the first, holds it a day, and says so by mail", async () => {
    const event = await makeEvent(base.db, {
      maximumAttendeeCapacity: 1,
      waitingList: true,
      startTime: new Date(Date.now() + 72 * 3_600_000),
      endTime: new Date(Date.now() + 74 * 3_600_000),
    });
    const [holder, first, second] = await makeRequests(base.db, event.id, 3);
    await confirmAll([holder!, first!, second!]);
    await cancelParticipation(base.db, holder!);
    expect(await states([holder!, first!, second!])).toEqual(["left", "accepted", "waitlisted"]);
    const hours = ((await row(first!)).expiresAt!.getTime() - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
    expect((await listMails(base.db, event.id)).filter((mail) => mail === "place-offered")).toHaveLength(1);
    expect(await confirmParticipation(base.db, first!)).toEqual({ state: "accepted", repeated: false });
    expect((await row(first!)).expiresAt).toBeNull();
    expect(await confirmParticipation(base.db, first!)).toEqual({ state: "accepted", repeated: true });
  });

  it("holds a place no longer than until the event starts, and moves no more once it has", async () => {
    const startTime = new Date(Date.now() + 3_600_000);
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 1, waitingList: true, startTime });
    const [holder, first, second] = await makeRequests(base.db, event.id, 3);
    await confirmAll([holder!, first!, second!]);
    await eraseParticipation(base.db, holder!);
    expect((await row(first!)).expiresAt).toEqual(startTime);
    await base.db
      .update(events)
      .set({ startTime: new Date(Date.now() - 1000) })
      .where(eq(events.id, event.id));
    await cancelParticipation(base.db, first!);
    expect(await states([first!, second!])).toEqual(["left", "waitlisted"]);
  });

  it("passes a place that nobody kept on to the next", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 1, waitingList: true });
    const [holder, first, second] = await makeRequests(base.db, event.id, 3);
    await confirmAll([holder!, first!, second!]);
    await cancelParticipation(base.db, holder!);
    await moveQueues(base.db);
    expect(await states([first!, second!])).toEqual(["accepted", "waitlisted"]);
    await base.db
      .update(participations)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(participations.tokenHash, tokenHash(first!)));
    await Promise.all([moveQueues(base.db), moveQueues(other.db)]);
    expect(await states([first!, second!])).toEqual(["left", "accepted"]);
    const mails = await listMails(base.db, event.id);
    expect(mails.filter((mail) => mail.startsWith("place-")).sort()).toEqual([
      "place-expired",
      "place-offered",
      "place-offered",
    ]);
    // Who comes back stands at the end.
    expect(await confirmParticipation(base.db, first!)).toMatchObject({ state: "waitlisted" });
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 1, held: 1, accepted: 1 });
  });

  it("gives seats to the first whose party fits, and to nobody from outside before them", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 3, maximumGuests: 5, waitingList: true });
    const tokens = await makeRequests(base.db, event.id, 7, (i) => [0, 0, 0, 2, 0, 0, 3][i]!);
    await confirmAll(tokens.slice(0, 6));
    await expect(confirmParticipation(base.db, tokens[6]!)).rejects.toMatchObject({ code: "too-few-places" });
    await cancelParticipation(base.db, tokens[0]!);
    expect((await states(tokens)).slice(3, 6)).toEqual(["waitlisted", "accepted", "waitlisted"]);
    await changeParticipation(base.db, tokens[3]!, { name: "", guests: 0, answers: {} });
    await cancelParticipation(base.db, tokens[1]!);
    expect((await states(tokens)).slice(3, 6)).toEqual(["accepted", "accepted", "waitlisted"]);
    // More places, and somebody presses the button before the queue has moved.
    await updateEvent(base.db, operator, event.id, { maximumAttendeeCapacity: 4 });
    const [late] = await makeLate(event.id);
    expect(await confirmParticipation(base.db, late!)).toMatchObject({ state: "waitlisted" });
    expect((await states(tokens)).slice(3, 6)).toEqual(["accepted", "accepted", "accepted"]);
  });

  it("moves for raised and for lifted capacities, however many wait", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 1, waitingList: true });
    const tokens = await makeRequests(base.db, event.id, 450);
    await base.db
      .update(participations)
      .set({ state: "waitlisted", waitlistedAt: sql`now()`, expiresAt: null })
      .where(eq(participations.eventId, event.id));
    await updateEvent(base.db, operator, event.id, { maximumAttendeeCapacity: 430 });
    await moveQueues(base.db);
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 430, held: 430, accepted: 430 });
    await updateEvent(base.db, operator, event.id, { maximumAttendeeCapacity: null });
    await moveQueues(base.db);
    expect(await countSeats(base.db, event.id)).toMatchObject({ taken: 450, held: 450 });
    expect(tokens).toHaveLength(450);
  });

  it("holds those whom the organiser approves when no place is left", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 1, waitingList: true, joinMode: "approval" });
    const tokens = await makeRequests(base.db, event.id, 3);
    await confirmAll(tokens);
    for (const token of tokens)
      await decideParticipation(base.db, operator, { participationId: (await row(token)).id, decision: "approve" });
    expect(await states(tokens)).toEqual(["accepted", "waitlisted", "waitlisted"]);
    await cancelParticipation(base.db, tokens[0]!);
    expect(await states(tokens)).toEqual(["left", "accepted", "waitlisted"]);
  });
});

/** One more request, of an address that `makeRequests` did not use. */
async function makeLate(eventId: string): Promise<string[]> {
  const elsewhere = await makeEvent(base.db);
  const tokens = await makeRequests(base.db, elsewhere.id, 8);
  const [last] = tokens.slice(-1);
  await base.db
    .update(participations)
    .set({ eventId })
    .where(eq(participations.tokenHash, tokenHash(last!)));
  return [last!];
}

/** What must never be written: leaves, and offers the seat only after its own commit. */
const weakCancel: Act = async (db, token) => {
  const mine = eq(participations.tokenHash, tokenHash(token));
  const left = await transact(db, async (tx) => {
    const [found] = await tx.select().from(participations).where(mine);
    await tx.update(participations).set({ state: "left" }).where(mine);
    await tx
      .update(events)
      .set({ seatsTaken: sql`${events.seatsTaken} - 1` })
      .where(eq(events.id, found!.eventId));
    return found!;
  });
  const [next] = await db
    .select()
    .from(participations)
    .where(and(eq(participations.eventId, left.eventId), eq(participations.state, "waitlisted")))
    .orderBy(asc(participations.waitlistedAt))
    .limit(1);
  if (!next) return;
  await db.update(participations).set({ state: "accepted" }).where(eq(participations.id, next.id));
  await db
    .update(events)
    .set({ seatsTaken: sql`${events.seatsTaken} + 1` })
    .where(eq(events.id, left.eventId));
};

/** What must never be written either: an organiser's addition that looks at the list, and then writes. */
const weakAdd =
  (eventId: string): Act =>
  async (db) => {
    const [event] = await db.select().from(events).where(eq(events.id, eventId));
    if (event!.seatsTaken >= event!.maximumAttendeeCapacity!) throw new Refusal("event-full");
    const one = { id: newId(), eventId, name: "By hand", language: "en", timezone: "UTC", state: "accepted" };
    await db.insert(participations).values(one);
    await db
      .update(events)
      .set({ seatsTaken: sql`${events.seatsTaken} + 1` })
      .where(eq(events.id, eventId));
  };

describe("200 at once", () => {
  it("go wrong with a promotion that reads and then writes: this test can fail", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 20, waitingList: true });
    const tokens = await makeRequests(base.db, event.id, 60);
    await confirmAll(tokens);
    await rush(tokens.slice(0, 20).map((token) => [weakCancel, token]));
    const { taken, held } = await countSeats(base.db, event.id);
    expect(taken !== held || (await unsold(event.id)) > 0).toBe(true);
  });

  it("go wrong with an addition that reads and then writes: this test can fail", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 5, waitingList: true });
    await rush(Array.from({ length: 60 }, () => [weakAdd(event.id), ""]));
    expect((await countSeats(base.db, event.id)).taken).toBeGreaterThan(5);
  });

  it.each([1, 2, 3])(
    "never oversell, and leave no seat unsold while somebody waits (round %i)",
    async (round) => {
      const event = await makeEvent(base.db, { maximumAttendeeCapacity: 25, maximumGuests: 5, waitingList: true });
      const tokens = await makeRequests(base.db, event.id, 120, (i) => (i * round) % 4);
      await rush(tokens.slice(0, 60).map((token) => [confirm, token]));
      // By approval, some of them: what the organiser lets in goes through the same choke point.
      const asked = tokens.slice(100);
      await base.db
        .update(participations)
        .set({ state: "pending", expiresAt: null })
        .where(
          and(eq(participations.eventId, event.id), sql`${participations.email} >= 'p100' and length(email) = 16`),
        );
      const approve: Act = async (db, token) =>
        decideParticipation(db, operator, { participationId: (await row(token)).id, decision: "approve" });
      const byHand = { name: "By hand", email: "", language: "en" };
      const moveUpBy: Act = async (db, token) => moveUp(db, operator, (await row(token)).id);
      const add: Act = (db, _) =>
        addParticipation(db, operator, event.id, { ...byHand, guests: round % 2, formId: newId() });
      const change: Act = (db, token) => changeParticipation(db, token, { name: "", guests: round % 3, answers: {} });
      const jobs: [Act, string][] = [
        ...tokens.slice(60, 100).map((token): [Act, string] => [confirm, token]),
        ...tokens.slice(0, 50).map((token): [Act, string] => [cancelParticipation, token]),
        ...asked.map((token): [Act, string] => [approve, token]),
        ...tokens.slice(20, 40).map((token): [Act, string] => [change, token]),
        ...tokens.slice(60, 70).map((token): [Act, string] => [moveUpBy, token]),
        ...tokens.slice(0, 20).map((token): [Act, string] => [add, token]),
        ...tokens.slice(50, 60).map((token): [Act, string] => [eraseParticipation, token]),
        ...tokens.slice(0, 25).map((token): [Act, string] => [confirm, token]),
        ...Array.from({ length: 5 }, (): [Act, string] => [(db) => moveQueues(db), ""]),
      ];
      expect(jobs.length).toBe(200);
      jobs.sort((a, b) => (a[1] + round).localeCompare(b[1] + round));
      await rush(jobs);
      const { taken, held } = await countSeats(base.db, event.id);
      expect(taken).toBe(held);
      expect(taken).toBeLessThanOrEqual(25);
      expect(await unsold(event.id)).toBe(0);
      const offered = (await listRows(base.db, event.id)).filter(({ state }) => state === "waitlisted");
      expect(offered.every(({ waitlistedAt }) => waitlistedAt !== null)).toBe(true);
    },
    60_000,
  );
});
