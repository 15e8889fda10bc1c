import { describe, expect, it } from "vitest";
import { translator } from "#lib/locale/index.ts";
import { instantsOf } from "#lib/time.ts";
import { cardTime, rowTime } from "./card-time.ts";

const now = new Date("2026-11-23T18:00:00Z");
const event = (
  startWall: string,
  endWall: string | null,
  more: { allDay?: boolean; timezone?: string; attendanceMode?: string } = {},
) => {
  const typed = { startWall, endWall, timezone: "Europe/Paris", allDay: false, ...more };
  return { ...typed, ...instantsOf(typed), attendanceMode: "offline", status: "confirmed", ...more };
};
const words = (...args: Parameters<typeof event>) =>
  (["en", "fr"] as const).map((locale) => cardTime(translator(locale), locale, event(...args), now));
const row = (...args: Parameters<typeof event>) => {
  const { at, to } = rowTime(translator("fr"), "fr", event(...args), now);
  return [at, to];
};

describe("when, on a card", () => {
  it("says day and clock times, an end only if one was given", () => {
    expect(words("2026-12-05T19:00:00", "2026-12-05T22:00:00")).toEqual([
      "Sat 5 Dec, 19:00–22:00",
      "sam. 5 déc., 19:00–22:00",
    ]);
    expect(words("2026-12-05T19:00:00", null)[0]).toBe("Sat 5 Dec, 19:00");
    expect(words("2027-12-05T00:00:00", null, { allDay: true })[0]).toBe("Sun, 5 Dec 2027");
  });

  it("says how long what runs now goes on: a clock time today, else a day", () => {
    expect(words("2026-11-23T17:00:00", "2026-11-23T22:00:00")).toEqual([
      "Now, until 22:00",
      "En cours, jusqu’à 22:00",
    ]);
    expect(words("2026-11-01T10:00:00", "2026-12-05T18:00:00")).toEqual([
      "Now, until 5 Dec",
      "En cours, jusqu’au 5 déc.",
    ]);
    expect(row("2026-11-23T17:00:00", "2026-11-24T02:00:00")).toEqual(["En cours", "jusqu’à 02:00"]);
  });

  it("says of a whole day that it is one, and never that it ends today", () => {
    expect(row("2026-11-23T00:00:00", null, { allDay: true })).toEqual(["Journée", ""]);
    expect(words("2026-11-23T00:00:00", null, { allDay: true })[0]).toBe("Mon 23 Nov");
    expect(row("2026-11-27T00:00:00", "2026-11-29T00:00:00", { allDay: true })).toEqual([
      "Journée",
      "jusqu’au 29 nov.",
    ]);
  });

  it("names the zone of what happens online", () => {
    expect(words("2026-12-05T19:00:00", null, { attendanceMode: "online" })[0]).toBe("Sat 5 Dec, 19:00 CET");
  });
});
