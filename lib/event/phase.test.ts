import { expect, it } from "vitest";
import { phaseOf } from "./phase.ts";

const event = {
  state: "published",
  status: "confirmed",
  startTime: new Date("2026-12-05T18:00:00Z"),
  endTime: new Date("2026-12-05T21:00:00Z"),
  previousStartTime: null,
  maximumAttendeeCapacity: 10,
  seatsTaken: 10,
};
const before = new Date("2026-12-01T00:00:00Z");
const during = new Date("2026-12-05T19:00:00Z");
const after = new Date("2026-12-05T21:00:00Z");

it.each([
  ["a draft is a draft whatever else holds", { ...event, state: "draft", status: "cancelled" }, after, "draft"],
  [
    "what is called off stays called off when its time has passed",
    { ...event, status: "cancelled" },
    after,
    "cancelled",
  ],
  ["an event is over at the instant of its end", event, after, "over"],
  ["an open date is said before anything about places", { ...event, status: "tentative" }, before, "tentative"],
  ["an event runs from the instant of its start", event, event.startTime, "running"],
  ["a full event that runs is on now", event, during, "running"],
  ["a moved event says so before it says that it is full", { ...event, previousStartTime: before }, before, "moved"],
  ["the last seat makes it full", event, before, "full"],
  ["a lowered capacity keeps it full", { ...event, seatsTaken: 12 }, before, "full"],
  ["one seat left is upcoming", { ...event, seatsTaken: 9 }, before, "upcoming"],
  ["without a capacity it is never full", { ...event, maximumAttendeeCapacity: null }, before, "upcoming"],
] as const)("%s", (_, given, now, expected) => {
  expect(phaseOf(given, now)).toBe(expected);
});
