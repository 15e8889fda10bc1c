import { expect, it } from "vitest";
import { wallAt } from "#lib/time.ts";
import { windowBegan } from "./window.ts";

const at = (cadence: "hourly" | "daily" | "weekly", zone: string, now: string) =>
  wallAt(windowBegan(cadence, zone, new Date(now))!, zone);

it.each([
  // Before and after eight in the morning, in winter and in summer.
  ["daily", "Europe/Paris", "2026-12-05T06:59:59Z", "2026-12-04T08:00:00"],
  ["daily", "Europe/Paris", "2026-12-05T07:00:00Z", "2026-12-05T08:00:00"],
  ["daily", "Europe/Paris", "2026-07-05T06:00:00Z", "2026-07-05T08:00:00"],
  // The days on which the clocks change: still eight in the morning.
  ["daily", "Europe/Paris", "2026-03-29T05:59:00Z", "2026-03-28T08:00:00"],
  ["daily", "Europe/Paris", "2026-03-29T06:00:00Z", "2026-03-29T08:00:00"],
  ["daily", "Europe/Paris", "2026-10-25T06:59:00Z", "2026-10-24T08:00:00"],
  ["daily", "Europe/Paris", "2026-10-25T07:00:00Z", "2026-10-25T08:00:00"],
  ["daily", "Pacific/Auckland", "2026-12-04T19:00:00Z", "2026-12-05T08:00:00"],
  // Monday of the week, over a change of the clocks.
  ["weekly", "Europe/Paris", "2026-10-26T06:59:00Z", "2026-10-19T08:00:00"],
  ["weekly", "Europe/Paris", "2026-10-26T07:00:00Z", "2026-10-26T08:00:00"],
  ["weekly", "America/Los_Angeles", "2026-11-08T12:00:00Z", "2026-11-02T08:00:00"],
  ["hourly", "Asia/Kathmandu", "2026-12-05T10:59:59Z", "2026-12-05T15:45:00"],
] as const)("the %s window in %s at %s began at %s", (cadence, zone, now, began) => {
  expect(at(cadence, zone, now)).toBe(began);
});

it("is none where nothing is gathered", () => {
  expect(windowBegan("off", "UTC", new Date())).toBeNull();
  expect(windowBegan("at-once", "UTC", new Date())).toBeNull();
});
