import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  dayOf,
  instantOf,
  instantsOf,
  occurrences,
  parseWall,
  wallOf,
  weekday,
  withOffset,
  zoneName,
} from "./time.ts";

const zones = Intl.supportedValuesOf("timeZone");
const hour = 3_600_000;
const from = Date.UTC(2026, 0, 1);
const until = Date.UTC(2037, 0, 1);

/** Minutes east of UTC by the platform's own tables (ICU), as a reckoning that shares nothing with ours. */
const formats = new Map<string, Intl.DateTimeFormat>();
function offset(instant: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    const fields = {
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    } as const;
    format = new Intl.DateTimeFormat("en-u-ca-iso8601-hc-h23", { timeZone: zone, ...fields });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return (Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!) - instant) / 60_000;
}

/** Instants (whole minutes) at which a zone changes its offset, found by halving between days. */
function changes(zone: string): { at: number; before: number; after: number }[] {
  const found = [];
  const step = 14 * 24 * hour;
  for (let left = from; left < until; left += step) {
    const before = offset(left, zone);
    const after = offset(left + step, zone);
    if (before === after) continue;
    let low = left;
    let high = left + step;
    while (high - low > 60_000) {
      const middle = low + Math.floor((high - low) / 120_000) * 60_000;
      if (offset(middle, zone) === before) low = middle;
      else high = middle;
    }
    found.push({ at: high, before, after });
  }
  return found;
}

const wallAt = (instant: number, minutes: number) => new Date(instant + minutes * 60_000).toISOString().slice(0, 19);

describe("time in all zones, across every change of clocks from 2026 to 2036", () => {
  const all = zones.map((zone) => ({ zone, list: changes(zone) }));

  it("knows zones that change and zones that do not", () => {
    expect(zones.length).toBeGreaterThan(400);
    expect(all.find(({ zone }) => zone === "Europe/Paris")!.list).toHaveLength(22);
    expect(all.find(({ zone }) => zone === "Asia/Tokyo")!.list).toHaveLength(0);
    expect(all.flatMap(({ list }) => list).length).toBeGreaterThan(2_500);
  });

  it("gives no wrong instant, wall clock, offset or fold on either side of any change", () => {
    const wrong: string[] = [];
    for (const { zone, list } of all)
      for (const { at, before, after } of list)
        for (const [instant, minutes] of [
          [at - 90 * 60_000, before],
          [at - 60_000, before],
          [at, after],
          [at + 60_000, after],
          [at + 90 * 60_000, after],
        ] as const) {
          const wall = wallAt(instant, minutes);
          const own = wallOf(new Date(instant), zone);
          const back = instantOf(wall, zone, own.fold).getTime();
          const sign = minutes < 0 ? "-" : "+";
          const [h, m] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) =>
            String(part).padStart(2, "0"),
          );
          if (
            own.wall !== wall ||
            back !== instant ||
            withOffset(new Date(instant), zone) !== `${wall}${sign}${h}:${m}`
          )
            wrong.push(`${zone} ${new Date(instant).toISOString()}: ${wall}, ours ${own.wall} fold ${own.fold}`);
        }
    expect(wrong).toEqual([]);
  });

  it("knows each gap and each fold, and where they end", () => {
    const wrong: string[] = [];
    const expectTimes = (zone: string, wall: string, times: number) => {
      if (occurrences(wall, zone) !== times)
        wrong.push(`${zone} ${wall} happens ${occurrences(wall, zone)} times, not ${times}`);
    };
    for (const { zone, list } of all)
      for (const { at, before, after } of list) {
        const length = Math.abs(after - before);
        const middle = at + (length * 60_000) / 2;
        const times = after > before ? 0 : 2;
        const first = Math.min(before, after);
        // From the smaller to the larger offset at the change: skipped in spring, said twice in autumn.
        expectTimes(zone, wallAt(middle, first), times);
        expectTimes(zone, wallAt(at, first), times);
        expectTimes(zone, wallAt(at - 60_000, first), 1);
        expectTimes(zone, wallAt(at + length * 60_000, first), 1);
        const wall = wallAt(middle, first);
        const [early, late] = [instantOf(wall, zone, 0).getTime(), instantOf(wall, zone, 1).getTime()];
        if (times === 2 && late - early !== length * 60_000)
          wrong.push(`${zone} ${wall}: folds are ${late - early} ms apart`);
        // In a gap: moved forward by its length, so that 02:30 is 03:30 of the new time.
        if (times === 0 && (early !== middle || late !== middle))
          wrong.push(`${zone} ${wall}: ${new Date(early).toISOString()}`);
      }
    expect(wrong).toEqual([]);
  });

  it("comes back from any instant to the same second", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: Date.UTC(2200, 0, 1) / 1000 }),
        (zone, second) => {
          const { wall, fold } = wallOf(new Date(second * 1000), zone);
          expect(instantOf(wall, zone, fold).getTime()).toBe(second * 1000);
          expect(dayOf(new Date(second * 1000), zone)).toBe(wall.slice(0, 10));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe("what was typed", () => {
  it("is read as a wall clock or not at all", () => {
    expect(parseWall("2026-12-05T19:00")).toBe("2026-12-05T19:00:00");
    expect(parseWall("2026-12-05T19:00:59")).toBe("2026-12-05T19:00:59");
    expect(parseWall("2026-12-05")).toBe("2026-12-05T00:00:00");
    // A leap second (RFC 5545 3.3.12) is the last ordinary one.
    expect(parseWall("2026-12-05T19:00:60")).toBe("2026-12-05T19:00:59");
    expect(parseWall("2028-02-29")).toBe("2028-02-29T00:00:00");
    for (const wrong of [
      "",
      "today",
      "2026-02-29",
      "2026-13-01",
      "2026-00-10",
      "2026-12-05T24:00",
      "2026-12-05T19:60",
      "2026-12-05T19:00Z",
      "2026-12-05T19:00+01:00",
      "1969-12-31",
      "2201-01-01",
      "+002026-12-05",
      "2026-12-05 19:00",
      "２０２６-12-05",
    ])
      expect(parseWall(wrong)).toBe(null);
    fc.assert(fc.property(fc.string(), (text) => parseWall(text) === null || /^\d{4}-/.test(text)));
  });

  it("names a zone that can be computed with, or none", () => {
    for (const zone of [...zones, "UTC", "Asia/Calcutta", "US/Pacific"]) {
      const name = zoneName(zone);
      expect(name).toBeTruthy();
      expect(() => instantOf("2026-12-05T19:00:00", name!)).not.toThrow();
    }
    // The calendar's tables know a zone by its one spelling alone; an older name is a name too.
    for (const spelling of ["Europe/Paris", "Asia/Kolkata", "Asia/Calcutta", "America/Argentina/Buenos_Aires"])
      expect(zoneName(spelling.toLowerCase())).toBe(spelling);
    for (const wrong of [
      "",
      "Mars/Base",
      "+02:00",
      "-05",
      "Europe/Paris\0",
      "Europe/Paris ",
      "../etc/passwd",
      "a".repeat(65),
      1,
      null,
      {},
    ])
      expect(zoneName(wrong)).toBe(null);
  });

  it("becomes instants: without an end two hours, all day from midnight to midnight whatever the clocks do", () => {
    const common = { timezone: "Europe/Paris", endWall: null, allDay: false };
    const paris = instantsOf({ ...common, startWall: "2026-12-05T19:00:00" });
    expect(paris).toEqual({ startTime: new Date("2026-12-05T18:00:00Z"), endTime: new Date("2026-12-05T20:00:00Z") });
    const day = (startWall: string, endWall: string | null, timezone: string) => {
      const { startTime, endTime } = instantsOf({ startWall, endWall, timezone, allDay: true });
      return (endTime.getTime() - startTime.getTime()) / hour;
    };
    expect(day("2026-12-05T00:00:00", null, "Europe/Paris")).toBe(24);
    expect(day("2026-03-29T00:00:00", null, "Europe/Paris")).toBe(23);
    expect(day("2026-10-25T00:00:00", null, "Europe/Paris")).toBe(25);
    expect(day("2026-10-24T00:00:00", "2026-10-25T12:00:00", "Europe/Paris")).toBe(49);
    expect(day("2026-04-05T00:00:00", null, "Australia/Lord_Howe")).toBe(24.5);
  });

  it("keeps which of two equal wall clocks was meant", () => {
    const typed = {
      startWall: "2026-10-25T02:30:00",
      endWall: "2026-10-25T02:45:00",
      timezone: "Europe/Paris",
      allDay: false,
    };
    expect(instantsOf(typed).startTime).toEqual(new Date("2026-10-25T00:30:00Z"));
    const second = instantsOf({ ...typed, startFold: 1, endFold: 1 });
    expect(second).toEqual({ startTime: new Date("2026-10-25T01:30:00Z"), endTime: new Date("2026-10-25T01:45:00Z") });
  });

  it("means the same whatever the server's own zone is", () => {
    const before = process.env.TZ;
    const all = ["UTC", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns"].map((TZ) => {
      process.env.TZ = TZ;
      expect(new Date(2026, 6, 1).getTimezoneOffset()).toBe(TZ === "UTC" ? 0 : -offset(Date.UTC(2026, 6, 1), TZ));
      return JSON.stringify([
        instantsOf({ startWall: "2026-03-29T02:30:00", endWall: null, timezone: "Europe/Paris", allDay: false }),
        wallOf(new Date("2026-10-25T01:30:00Z"), "Europe/Paris"),
        withOffset(new Date("2026-07-01T00:00:00Z"), "America/New_York"),
        addDays("2026-03-29", 1),
        weekday("2026-03-29"),
      ]);
    });
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
    expect(new Set(all).size).toBe(1);
  });

  it("counts days by the calendar", () => {
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
    expect(weekday("2026-11-23")).toBe(1);
    expect(weekday("2026-11-29")).toBe(7);
  });
});
