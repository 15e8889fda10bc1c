import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { newId } from "#lib/ids.ts";
import { makeEvent } from "#lib/participation/testing.ts";
import { canDecideParticipations, eventsDecidedBy, joinObstacle, placesLeft } from "./participation.ts";
import type { Viewer } from "./viewer.ts";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(() => base.drop());

describe("who decides about requests", () => {
  const own = newId();
  const account = { kind: "account", accountId: newId(), role: "administrator" } as const;
  it.each<[string, Viewer, boolean]>([
    ["a visitor", { kind: "visitor" }, false],
    ["a participant by link", { kind: "participant", participationId: newId() }, false],
    ["an account without profiles", { ...account, actorIds: [] }, false],
    ["another's account", { ...account, actorIds: [newId()] }, false],
    ["the organiser", { ...account, actorIds: [newId(), own] }, true],
    ["a remote actor", { kind: "remote", actorId: own }, false],
    ["the operator", { kind: "operator" }, true],
  ])("%s: the page and the query agree", async (_, viewer, may) => {
    await base.db.insert(schema.actors).values({ id: own, type: "Person", handle: "owner" }).onConflictDoNothing();
    const event = await makeEvent(base.db, { organizerId: own });
    const found = await base.db
      .select({ id: schema.events.id })
      .from(schema.events)
      .where(and(eq(schema.events.id, event.id), eventsDecidedBy(viewer)));
    expect([canDecideParticipations(viewer, event), found.length === 1]).toEqual([may, may]);
  });
});

describe("what stands in the way", () => {
  const now = new Date("2026-12-05T18:00:00Z");
  const open = {
    state: "published",
    hiddenAt: null,
    status: "confirmed",
    uri: null,
    startTime: new Date("2026-12-05T19:00:00Z"),
    endTime: new Date("2026-12-05T20:00:00Z"),
    waitingList: false,
    joinMode: "free",
    maximumAttendeeCapacity: 3,
    seatsTaken: 1,
  };
  it.each([
    [null, {}, 2],
    ["too-few-places", {}, 3],
    ["event-full", { seatsTaken: 3 }, 1],
    ["event-full", { seatsTaken: 9 }, 1],
    [null, { seatsTaken: 9, maximumAttendeeCapacity: null }, 6],
    [null, { joinMode: "approval", status: "tentative" }, 1],
    [null, { waitingList: true, seatsTaken: 3 }, 3],
    ["too-few-places", { waitingList: true }, 4],
    ["event-full", { waitingList: true, seatsTaken: 3, startTime: now }, 1],
    ["event-over", { endTime: now }, 1],
    ["event-cancelled", { status: "cancelled", endTime: now }, 1],
    ["event-not-open", { state: "draft", status: "cancelled" }, 1],
  ] as const)("%s for %j and %d seats", (code, change, seats) => {
    expect(joinObstacle({ ...open, ...change }, seats, now)).toBe(code);
  });

  it("never shows fewer than no places", () => {
    expect(placesLeft({ maximumAttendeeCapacity: 3, seatsTaken: 9 })).toBe(0);
  });
});
