import { expect, it } from "vitest";
import { changesBetween, figureOf } from "./figure.ts";

const event = {
  startTime: new Date("2026-12-05T18:00:00Z"),
  endTime: new Date("2026-12-05T20:00:00Z"),
  endWall: null,
  allDay: false,
  timezone: "Europe/Paris",
  onlineUrl: null,
  status: "confirmed",
};

it("does not tell an end that nobody gave", () => {
  expect(figureOf(event, "Lyon").endTime).toBeNull();
  expect(figureOf({ ...event, endWall: "2026-12-05 21:00:00" }, "Lyon").endTime).toBe("2026-12-05T20:00:00.000Z");
});

it("fits its column, whatever its place and online address are", () => {
  const onlineUrl = `https://example.org/${"x".repeat(2028)}`;
  const longest = { ...event, onlineUrl, endWall: "2026-12-05 21:00:00", timezone: "America/Argentina/Buenos_Aires" };
  expect(JSON.stringify(figureOf(longest, '"'.repeat(912)), null, 1).length).toBeLessThan(4_000);
});

it("names what changed, and nothing when nothing did", () => {
  const before = figureOf(event, "Lyon");
  expect(changesBetween(before, figureOf(event, "Lyon"))).toEqual([]);
  const after = figureOf({ ...event, startTime: new Date("2026-12-05T19:00:00Z"), status: "tentative" }, "Paris");
  expect(changesBetween(before, after)).toEqual(["status", "time", "place"]);
});
