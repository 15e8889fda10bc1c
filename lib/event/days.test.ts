import { expect, it } from "vitest";
import { instantsOf } from "#lib/time.ts";
import { daysOf } from "./days.ts";

const days = (startWall: string, endWall: string | null, allDay = false, timezone = "Europe/Paris") =>
  daysOf({ ...instantsOf({ startWall, endWall, timezone, allDay }), timezone });

it("calls an evening that ends at two in the morning one day", () => {
  expect(days("2026-12-05T20:00:00", "2026-12-06T02:00:00")).toEqual({ first: "2026-12-05", last: "2026-12-05" });
});

it("gives a whole day to an event that ends at midnight", () => {
  expect(days("2026-12-05T00:00:00", null, true)).toEqual({ first: "2026-12-05", last: "2026-12-05" });
  expect(days("2026-12-05T18:00:00", "2026-12-06T00:00:00")).toEqual({ first: "2026-12-05", last: "2026-12-05" });
});

it("counts the days of a festival in the event's own zone", () => {
  expect(days("2026-12-31T10:00:00", "2027-01-02T17:00:00", false, "Pacific/Auckland")).toEqual({
    first: "2026-12-31",
    last: "2027-01-02",
  });
  expect(days("2026-03-28T00:00:00", "2026-03-29T00:00:00", true)).toEqual({ first: "2026-03-28", last: "2026-03-29" });
});
