import { execFileSync } from "node:child_process";
import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { effort } from "#bin/testing/effort.ts";
import { instantOf, instantsOf } from "#lib/time.ts";
import { type CalendarEvent, streamVCalendar, toVCalendar } from "./icalendar.ts";

const base: CalendarEvent = {
  uid: "one@example.org",
  sequence: 3,
  name: "Repair café",
  text: "Bring what is broken.",
  url: "https://events.example.org/events/1",
  startTime: new Date("2026-12-05T18:00:00Z"),
  endTime: new Date("2026-12-05T21:00:00Z"),
  startWall: "2026-12-05T19:00:00",
  endWall: "2026-12-05T22:00:00",
  allDay: false,
  timezone: "Europe/Paris",
  status: "confirmed",
  location: "Maison des associations, Nantes",
  latitude: 47.2173,
  longitude: -1.5534,
  tags: ["repair", "d.i.y, slow"],
  organizer: { name: 'Ann "the fixer"', url: "https://events.example.org/@ann" },
  recurrenceRule: null,
  exceptionDates: [],
  createdAt: new Date("2026-11-01T08:00:00Z"),
  updatedAt: new Date("2026-11-02T08:00:00Z"),
};

const at = (startWall: string, timezone: string, endWall: string | null = null): CalendarEvent => ({
  ...base,
  ...instantsOf({ startWall, endWall, timezone, allDay: false }),
  startWall,
  endWall,
  timezone,
});

/** Reads with a parser, VTIMEZONEs honoured, and gives the instants. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const component of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(component);
  const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const instant = (time: ICAL.Time) => new Date(time.toUnixTime() * 1000).toISOString();
    const end = component.getFirstProperty("dtend");
    return { event, component, start: instant(event.startDate), end: end ? instant(event.endDate) : null };
  });
  ICAL.TimezoneService.reset();
  return { calendar, events };
}

describe("an iCalendar entry", () => {
  it("is what RFC 5545 asks for", () => {
    const text = toVCalendar([base]);
    expect(text).toContain("DTSTART;TZID=Europe/Paris:20261205T190000\r\n");
    expect(text).toContain("DTEND;TZID=Europe/Paris:20261205T220000\r\n");
    expect(text).toContain("UID:one@example.org\r\n");
    expect(text).toContain("SEQUENCE:3\r\n");
    expect(text).toContain("DTSTAMP:20261102T080000Z\r\n");
    expect(text).toContain("CATEGORIES:repair,d.i.y\\, slow\r\n");
    expect(text.match(/BEGIN:VTIMEZONE/g)).toHaveLength(1);
    expect(text.replace(/\r\n/g, "")).not.toMatch(/[\r\n]/);
    expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
  });

  it("names whole days without clock or zone, the end exclusive", () => {
    const when = instantsOf({
      startWall: "2026-12-05T00:00:00",
      endWall: "2026-12-06T00:00:00",
      timezone: "Asia/Tokyo",
      allDay: true,
    });
    const text = toVCalendar([
      {
        ...base,
        ...when,
        startWall: "2026-12-05T00:00:00",
        endWall: "2026-12-06T00:00:00",
        allDay: true,
        timezone: "Asia/Tokyo",
      },
    ]);
    expect(text).toContain("DTSTART;VALUE=DATE:20261205\r\nDTEND;VALUE=DATE:20261207\r\n");
    expect(text).not.toContain("VTIMEZONE");
  });

  it("has no end where none was given", () => {
    expect(toVCalendar([at("2026-12-05T19:00:00", "Europe/Paris")])).not.toContain("DTEND");
  });

  it("says CANCEL and CANCELLED when called off, under the same UID", () => {
    const text = toVCalendar([{ ...base, sequence: 4 }], { method: "CANCEL" });
    expect(text).toContain("METHOD:CANCEL\r\n");
    expect(text).toContain("STATUS:CANCELLED\r\n");
    expect(text).toContain("UID:one@example.org\r\n");
  });

  it("is the same instant for a reader in every zone, around every change of the clocks of a year", {
    timeout: 120_000,
  }, () => {
    const wrong: string[] = [];
    for (const zone of Intl.supportedValuesOf("timeZone")) {
      const days = [
        "2026-01-15",
        "2026-02-25",
        "2026-03-08",
        "2026-03-29",
        "2026-07-15",
        "2026-10-04",
        "2026-10-25",
        "2026-11-01",
      ];
      const events = days.flatMap((day) =>
        ["00:30", "02:30", "13:00"].map((clock) => at(`${day}T${clock}:00`, zone, `${day}T23:30:00`)),
      );
      const { events: found } = read(toVCalendar(events));
      for (const [index, { start, end }] of found.entries())
        if (start !== events[index]!.startTime.toISOString() || end !== events[index]!.endTime.toISOString())
          wrong.push(`${zone} ${events[index]!.startTime.toISOString()} ${start}`);
    }
    expect(wrong).toEqual([]);
  });

  it("tells both hours of an autumn night apart", () => {
    const startTime = instantOf("2026-10-25T02:30:00", "Europe/Paris", 1);
    const { events } = read(toVCalendar([{ ...base, startTime, endTime: new Date(startTime.getTime() + 3_600_000) }]));
    expect(events[0]!.start).toBe("2026-10-25T01:30:00.000Z");
  });

  it("has the same bytes whatever the server's zone", () => {
    const script = `import { toVCalendar } from "#lib/formats/icalendar.ts";
const event = ${JSON.stringify(base)};
for (const key of ["startTime", "endTime", "createdAt", "updatedAt"]) event[key] = new Date(event[key]);
process.stdout.write(toVCalendar([event]));`;
    const run = (TZ: string) =>
      execFileSync(process.execPath, ["--input-type=module", "-e", script], { env: { ...process.env, TZ } }).toString();
    expect(new Set(["Asia/Kathmandu", "Pacific/Apia", "UTC"].map(run))).toEqual(new Set([toVCalendar([base])]));
  });

  it("stays one entry with the same words, whatever people write", () => {
    const words = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 300 }),
      fc.constantFrom(
        "a\r\nBEGIN:VEVENT\r\nEND:VCALENDAR",
        "x;y,z\\n:\"'",
        "مرحبا بالعالم ".repeat(12),
        "👩‍👩‍👧‍👦".repeat(30),
        "\u0000\u0007\u2028",
      ),
    );
    fc.assert(
      fc.property(words, words, words, (name, text, location) => {
        const written = toVCalendar([
          { ...base, name, text, location: location || null, organizer: { ...base.organizer, name } },
        ]);
        for (const line of written.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const { events } = read(written);
        const kept = (value: string) =>
          value
            .replace(/\r\n?/g, "\n")
            .replace(/[\p{Cc}\u2028\u2029]/gu, (char) => (char === "\n" || char === "\t" ? char : ""));
        expect(events).toHaveLength(1);
        expect(events[0]!.event.summary ?? "").toBe(kept(name));
        expect(events[0]!.event.description ?? "").toBe(kept(text));
        expect(events[0]!.event.location ?? "").toBe(kept(location));
      }),
      { numRuns: 300, seed: 2026 },
    );
  });

  it("carries a rule that can be read, and leaves out one that cannot", () => {
    expect(toVCalendar([{ ...base, recurrenceRule: "FREQ=WEEKLY;BYDAY=TU" }])).toContain(
      "RRULE:FREQ=WEEKLY;BYDAY=TU\r\n",
    );
    const [, entry] = toVCalendar([{ ...base, recurrenceRule: "every now and then" }]).split("BEGIN:VEVENT");
    expect(entry).not.toContain("RRULE");
  });

  it("leaves out the days that its rule does, at the hour of the first, in every zone and across the change of clocks", () => {
    const weekly = { ...base, recurrenceRule: "FREQ=WEEKLY;BYDAY=SA", exceptionDates: ["2026-12-12", "2027-04-03"] };
    const starts = (event: CalendarEvent) =>
      [...toVCalendar([event]).matchAll(/^EXDATE.*$/gm)].map(([line]) => line.trim());
    expect(starts(weekly)).toEqual([
      "EXDATE;TZID=Europe/Paris:20261212T190000",
      "EXDATE;TZID=Europe/Paris:20270403T190000",
    ]);
    expect(starts({ ...weekly, allDay: true })).toEqual(["EXDATE;VALUE=DATE:20261212", "EXDATE;VALUE=DATE:20270403"]);
    expect(starts({ ...weekly, timezone: "UTC" })[1]).toBe("EXDATE:20270403T190000Z");
    expect(starts({ ...weekly, recurrenceRule: null })).toEqual([]);
  });
});

describe("a long feed", () => {
  it("is written in pieces, quickly, and equals the whole", async () => {
    const events = Array.from({ length: 1000 }, (_, index) => ({ ...base, uid: `${index}@example.org` }));
    toVCalendar(events.slice(0, 10));
    const began = effort();
    let longest = 0;
    let text = "";
    let last = effort();
    for await (const piece of streamVCalendar(events, (event) => event, { name: "All" })) {
      text += piece;
      longest = Math.max(longest, effort() - last);
      last = effort();
    }
    expect(effort() - began).toBeLessThan(1_000);
    expect(longest).toBeLessThan(100);
    expect(text).toBe(toVCalendar(events, { name: "All" }));
    expect(text).toContain("REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n");
  });
});
