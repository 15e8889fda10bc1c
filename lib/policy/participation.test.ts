import { describe, expect, it } from "vitest";
import { joinObstacle, placesLeft } from "./participation.ts";

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
