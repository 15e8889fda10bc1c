import { describe, expect, it } from "vitest";
import { monthOf } from "./month.ts";
import { windowOf } from "./window.ts";

const zone = "Europe/Paris";
const monday = new Date("2026-11-23T12:00:00Z");
const days = (search: Parameters<typeof windowOf>[0], now = monday, where = zone) => {
  const { from, to, kind } = windowOf(search, where, now);
  return [from.toISOString(), to?.toISOString() ?? null, kind];
};

describe("when a search looks", () => {
  it("is from now on, for ever, when nothing is said", () => {
    expect(days({})).toEqual(["2026-11-23T12:00:00.000Z", null, "coming"]);
  });

  it("means days of the place: today ends at its midnight", () => {
    expect(days({ when: "today" })[1]).toBe("2026-11-23T23:00:00.000Z");
    expect(days({ when: "today" }, monday, "Pacific/Auckland")[1]).toBe("2026-11-24T11:00:00.000Z");
    expect(days({ when: "tomorrow" }).slice(0, 2)).toEqual(["2026-11-23T23:00:00.000Z", "2026-11-24T23:00:00.000Z"]);
  });

  it("means the coming weekend, or what is left of this one", () => {
    expect(days({ when: "weekend" }).slice(0, 2)).toEqual(["2026-11-27T23:00:00.000Z", "2026-11-29T23:00:00.000Z"]);
    const sunday = new Date("2026-11-29T10:00:00Z");
    expect(days({ when: "weekend" }, sunday).slice(0, 2)).toEqual([sunday.toISOString(), "2026-11-29T23:00:00.000Z"]);
  });

  it("ends a week on Sunday and a month on its last day", () => {
    expect(days({ when: "week" })[1]).toBe("2026-11-29T23:00:00.000Z");
    expect(days({ when: "month" })[1]).toBe("2026-11-30T23:00:00.000Z");
    expect(days({ when: "month" }, new Date("2026-12-31T22:30:00Z"))[1]).toBe("2026-12-31T23:00:00.000Z");
  });

  it("takes dates with both ends, over the hour that a day loses", () => {
    expect(days({ from: "2026-03-29", to: "2026-03-29" })).toEqual([
      "2026-03-28T23:00:00.000Z",
      "2026-03-29T22:00:00.000Z",
      "coming",
    ]);
  });
});

describe("a month's sheet", () => {
  it("has whole weeks from Monday and knows its neighbours", () => {
    const { first, last, previous, next, weeks } = monthOf("2026-11-23");
    expect([first, last, previous, next]).toEqual(["2026-11-01", "2026-11-30", "2026-10-01", "2026-12-01"]);
    expect(weeks).toHaveLength(6);
    expect(weeks[0]![0]).toBe("2026-10-26");
    expect(weeks.flat().filter((day) => day >= first && day <= last)).toHaveLength(30);
    expect(monthOf("2027-02-14").weeks).toHaveLength(4);
  });
});
