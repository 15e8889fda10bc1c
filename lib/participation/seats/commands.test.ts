import { and, count, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connection, connect, type Database, schema, transact } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { Refusal } from "#lib/refusal.ts";
import { tokenHash } from "#lib/secrets.ts";
import { cancelParticipation, changeParticipation, confirmParticipation } from "../commands.ts";
import { decideParticipation } from "../decision/commands.ts";
import { eraseParticipation } from "../erasure/commands.ts";
import { countSeats, listMails, listRows, makeEvent, makeRequests } from "../testing.ts";

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

type Confirm = (db: Database, token: string) => Promise<unknown>;

/** All at once, half of them through another pool. Returns the refusals' codes; any other error fails the test. */
async function rush(tokens: string[], act: Confirm): Promise<string[]> {
  const outcomes = await Promise.allSettled(tokens.map((token, i) => act(i % 2 ? other.db : base.db, token)));
  return outcomes.flatMap((outcome) => {
    if (outcome.status === "fulfilled") return [];
    if (outcome.reason instanceof Refusal) return [outcome.reason.code];
    throw outcome.reason;
  });
}

/** What must never be written: counts who has a seat, then gives one. */
const weakConfirm: Confirm = (db, token) =>
  transact(db, async (tx) => {
    const mine = eq(participations.tokenHash, tokenHash(token));
    const [row] = await tx.select().from(participations).where(mine);
    const [event] = await tx.select().from(events).where(eq(events.id, row!.eventId));
    const taken = and(eq(participations.eventId, event!.id), eq(participations.state, "accepted"));
    const [{ held } = { held: 0 }] = await tx.select({ held: count() }).from(participations).where(taken);
    if (held >= event!.maximumAttendeeCapacity!) throw new Refusal("event-full");
    // Both pools full of people have counted before the first writes, also on a machine that has other work.
    await tx.execute(sql`select pg_sleep(0.05)`);
    await tx.update(participations).set({ state: "accepted" }).where(mine);
    await tx
      .update(events)
      .set({ seatsTaken: sql`${events.seatsTaken} + 1` })
      .where(eq(events.id, event!.id));
  });

describe("the last seats", () => {
  it("are oversold by a function that counts and then writes: this test can fail", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 10 });
    await rush(await makeRequests(base.db, event.id, 200), weakConfirm);
    expect((await countSeats(base.db, event.id)).accepted).toBeGreaterThan(10);
  });

  it("are given once each: 200 people, 10 seats, 50 times", async () => {
    for (let round = 0; round < 50; round++) {
      const event = await makeEvent(base.db, { maximumAttendeeCapacity: 10 });
      const codes = await rush(await makeRequests(base.db, event.id, 200), confirmParticipation);
      expect(await countSeats(base.db, event.id)).toEqual({ taken: 10, held: 10, accepted: 10 });
      expect(codes).toEqual(Array(190).fill("event-full"));
      expect(await listMails(base.db, event.id)).toEqual(Array(10).fill("participation-receipt"));
    }
  }, 300_000);

  it("count guests, and go to a smaller party when the larger one does not fit", async () => {
    for (let round = 0; round < 5; round++) {
      const event = await makeEvent(base.db, { maximumAttendeeCapacity: 10, maximumGuests: 5 });
      const tokens = await makeRequests(base.db, event.id, 60, (i) => i % 6);
      await rush(tokens, confirmParticipation);
      expect(await countSeats(base.db, event.id)).toMatchObject({ taken: 10, held: 10 });
    }
  });

  it("stay equal to the rows while people confirm, leave, change, and are erased all at once", async () => {
    for (let round = 0; round < 5; round++) {
      const event = await makeEvent(base.db, { maximumAttendeeCapacity: 12, maximumGuests: 5 });
      const tokens = await makeRequests(base.db, event.id, 40, (i) => i % 3);
      await rush(tokens.slice(0, 20), confirmParticipation);
      const acts: Confirm[] = [
        confirmParticipation,
        cancelParticipation,
        (db, token) => changeParticipation(db, token, { name: "", guests: round, answers: {} }),
        eraseParticipation,
        confirmParticipation,
      ];
      await Promise.all(
        acts.map((act, i) =>
          rush(
            tokens.filter((_, at) => at % 2 === 0 || at % 5 === i),
            act,
          ),
        ),
      );
      const { taken, held } = await countSeats(base.db, event.id);
      expect(taken).toBe(held);
      expect(taken).toBeLessThanOrEqual(12);
      // Nobody who may come finds the doors shut while a seat is free.
      await rush(tokens, confirmParticipation);
      const after = await countSeats(base.db, event.id);
      expect(after.taken).toBe(after.held);
    }
  });

  it("are given once by the organiser too, while others approve", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 3, joinMode: "approval" });
    await rush(await makeRequests(base.db, event.id, 20), confirmParticipation);
    expect(await countSeats(base.db, event.id)).toMatchObject({ taken: 0, accepted: 0 });
    const ids = (await listRows(base.db, event.id)).map(({ id }) => id);
    const approve: Confirm = (db, id) =>
      decideParticipation(db, { kind: "operator" }, { participationId: id, decision: "approve" });
    const codes = await rush([...ids, ...ids], approve);
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 3, held: 3, accepted: 3 });
    expect(codes.length).toBe(37);
  });

  it("are kept by those who have them when the capacity is lowered", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 5 });
    const tokens = await makeRequests(base.db, event.id, 6);
    await rush(tokens.slice(0, 5), confirmParticipation);
    await base.db.update(events).set({ maximumAttendeeCapacity: 2 }).where(eq(events.id, event.id));
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 5, held: 5, accepted: 5 });
    await cancelParticipation(base.db, tokens[0]!);
    expect(await rush([tokens[5]!], confirmParticipation)).toEqual(["event-full"]);
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 4, held: 4, accepted: 4 });
  });

  it("have no end where nobody counts them", async () => {
    const event = await makeEvent(base.db);
    expect(await rush(await makeRequests(base.db, event.id, 30), confirmParticipation)).toEqual([]);
    expect((await countSeats(base.db, event.id)).taken).toBe(30);
  });
});
