import { describe, expect, it } from "vitest";
import { effort } from "#bin/testing/effort.ts";
import { CalendarRefused } from "./icalendar-lines.ts";
import { readCalendar } from "./icalendar-reader.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const event = (...lines: string[]) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"].join("\r\n");
const calendar = (...parts: string[]) => ["BEGIN:VCALENDAR", "VERSION:2.0", ...parts, "END:VCALENDAR", ""].join("\r\n");
const basic = ["UID:one@example.org", "SUMMARY:Bal", "DTSTART:20300605T190000Z"];
const read = (...parts: string[]) => readCalendar(bytes(calendar(...parts)));
const only = (...lines: string[]) => {
  const { entries, faults } = read(event(...lines));
  expect(faults).toEqual([]);
  return entries[0]!;
};
const refusal = (text: string | Uint8Array) => {
  try {
    readCalendar(typeof text === "string" ? bytes(text) : text);
  } catch (error) {
    if (error instanceof CalendarRefused) return { code: error.code, line: error.line };
    throw error;
  }
  return null;
};

describe("reading a calendar", () => {
  it("unfolds lines, also inside a character's words, and undoes escapes", () => {
    const entry = only(
      "UID:fold@example.org",
      "DTSTART:20300605T190000Z",
      "SUMMARY:Fête de la",
      "  musique\\, au parvis",
      "DESCRIPTION:Venez nombr",
      "\teux.\\nApportez\\; à boire \\\\ à manger",
    );
    expect(entry.name).toBe("Fête de la musique, au parvis");
    expect(entry.content).toBe("Venez nombreux.\nApportez; à boire \\ à manger");
  });

  it("reads every property that counts", () => {
    const entry = only(
      ...basic,
      "SEQUENCE:4",
      "LAST-MODIFIED:20300101T000000Z",
      "STATUS:TENTATIVE",
      "GEO:48.8566;2.3522",
      "LOCATION:Parvis de Notre-Dame\\, Paris",
      "URL:https://example.org/bal",
      "CATEGORIES:Music,Dance",
      "CATEGORIES:Bal\\, populaire",
      'ORGANIZER;CN="Les Amis: du Bal":mailto:secret@example.org',
      "ATTACH;FMTTYPE=image/jpeg:https://example.org/bal.jpg",
      "ATTACH:https://example.org/programme.pdf",
      "ATTACH;ENCODING=BASE64;VALUE=BINARY;FMTTYPE=image/png:AAAA",
      "RRULE:FREQ=WEEKLY;BYDAY=TU",
      "EXDATE;TZID=Europe/Paris:20300611T190000,20300618T190000",
      "CONFERENCE;VALUE=URI:https://meet.example.org/bal",
    );
    expect(entry).toMatchObject({
      line: 3,
      uid: "one@example.org",
      sequence: 4,
      modified: "20300101T000000Z",
      status: "tentative",
      geo: { latitude: 48.8566, longitude: 2.3522 },
      location: "Parvis de Notre-Dame, Paris",
      url: "https://example.org/bal",
      categories: ["Music", "Dance", "Bal, populaire"],
      organizer: "Les Amis: du Bal",
      images: ["https://example.org/bal.jpg"],
      rule: "FREQ=WEEKLY;BYDAY=TU",
      exceptions: [{ wall: "2030-06-11T19:00:00", zone: "Europe/Paris" }, { wall: "2030-06-18T19:00:00" }],
      conference: "https://meet.example.org/bal",
    });
    expect(JSON.stringify(entry)).not.toContain("secret@");
  });

  it("takes UTF-8 with a mark before it, old Windows text, and every kind of line end", () => {
    const text = calendar(event(...basic.map((line) => line.replace("Bal", "Fête"))));
    for (const end of ["\r\n", "\n", "\r"])
      expect(readCalendar(bytes(`\ufeff${text.replaceAll("\r\n", end)}`)).entries[0]!.name).toBe("Fête");
    expect(readCalendar(Buffer.from(text, "latin1")).entries[0]!.name).toBe("Fête");
  });

  it("ignores alarms, to-dos and what it does not know", () => {
    const alarm = ["BEGIN:VALARM", "TRIGGER:-PT15M", "DESCRIPTION:Alarm", "SUMMARY:Alarm", "END:VALARM"];
    const entry = only(...basic, ...alarm, "X-THING;P=1:whatever", "DESCRIPTION:Text");
    expect([entry.name, entry.content]).toEqual(["Bal", "Text"]);
    expect(read("BEGIN:VTODO\r\nSUMMARY:Wash\r\nEND:VTODO").entries).toEqual([]);
  });

  it("removes control characters and marks that turn the reading direction", () => {
    expect(only("UID:1", "DTSTART:20300605T190000Z", "SUMMARY:a\u0007b\u202ec").name).toBe("abc");
  });

  it("takes 0;0 for a place that is not known", () => {
    expect(only(...basic, "GEO:0.0;0.0").geo).toBeNull();
    expect(only(...basic, "GEO:somewhere").geo).toBeNull();
  });
});

describe("times", () => {
  const time = (value: string, ...zone: string[]) =>
    read(...zone, event("UID:1", "SUMMARY:x", `DTSTART${value}`)).entries[0]?.start;

  it("are days, floating, in UTC or in a zone", () => {
    expect(time(";VALUE=DATE:20300605")).toEqual({ kind: "date", wall: "2030-06-05T00:00:00", zone: null });
    expect(time(":20300605")).toEqual({ kind: "date", wall: "2030-06-05T00:00:00", zone: null });
    expect(time(":20300605T1930")).toEqual({ kind: "floating", wall: "2030-06-05T19:30:00", zone: null });
    expect(time(":20300605T193000Z")).toEqual({ kind: "utc", wall: "2030-06-05T19:30:00", zone: "UTC" });
    const paris = { kind: "zoned", wall: "2030-06-05T19:30:00", zone: "Europe/Paris" };
    for (const name of [
      "Europe/Paris",
      '"Europe/Paris"',
      "/mozilla.org/20050126_1/Europe/Paris",
      "Romance Standard Time",
    ])
      expect(time(`;TZID=${name}:20300605T193000`), name).toEqual(paris);
  });

  it("end on the last day, although DTEND is the day after", () => {
    const days = (end: string) =>
      only("UID:1", "SUMMARY:x", "DTSTART;VALUE=DATE:20300605", `DTEND;VALUE=DATE:${end}`).end?.wall;
    expect(days("20300607")).toBe("2030-06-06T00:00:00");
    expect(days("20300606")).toBe("2030-06-05T00:00:00");
    expect(days("20300605")).toBe("2030-06-05T00:00:00");
  });

  const rules = (tzid: string, standard: string, daylight: string, from = "19700101T020000") =>
    [
      `BEGIN:VTIMEZONE\r\nTZID:${tzid}`,
      `BEGIN:STANDARD\r\nDTSTART:${from}\r\n${standard}\r\nTZNAME:S\r\nEND:STANDARD`,
      `BEGIN:DAYLIGHT\r\nDTSTART:${from}\r\n${daylight}\r\nTZNAME:D\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE`,
    ].join("\r\n");

  it("find the zone whose clocks run like a VTIMEZONE with a name of its own", () => {
    const eu = rules(
      "Heure du village",
      "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
      "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    );
    expect(time(";TZID=Heure du village:20260705T193000", eu)).toEqual({
      kind: "zoned",
      wall: "2026-07-05T19:30:00",
      zone: "Europe/Berlin",
    });
  });

  it("keep the instant of a VTIMEZONE that is like no zone on earth", () => {
    const odd = rules(
      "Atlantis",
      "TZOFFSETFROM:+0137\r\nTZOFFSETTO:+0037\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=2TH",
      "TZOFFSETFROM:+0037\r\nTZOFFSETTO:+0137\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYDAY=1MO",
    );
    expect(time(";TZID=Atlantis:20260705T193000", odd)).toEqual({
      kind: "utc",
      wall: "2026-07-05T17:53:00",
      zone: "UTC",
    });
  });

  it("are refused where the zone is a name that says nothing, or the date is none", () => {
    const fault = (value: string) => read(event("UID:1", "SUMMARY:x", `DTSTART${value}`)).faults[0];
    expect(fault(";TZID=Nowhere:20300605T193000")).toEqual({ line: 6, code: "zone-unknown", text: "Nowhere" });
    for (const value of [":20300230", ":yesterday", ":18991231T000000Z", ":20300605T256100"])
      expect(fault(value), value).toMatchObject({ line: 6, code: "date-invalid" });
  });

  it("are read at once from a VTIMEZONE that repeats by the second", () => {
    const hostile = rules("Trap", "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=SECONDLY", "TZOFFSETTO:+0100");
    const start = effort();
    expect(read(hostile, event("UID:1", "SUMMARY:x", "DTSTART;TZID=Trap:20300605T193000")).faults).toHaveLength(1);
    expect(effort() - start).toBeLessThan(500);
  });
});

describe("an entry that cannot be read", () => {
  it("is reported with its line, and the rest stand", () => {
    const { entries, faults } = read(
      event(...basic),
      event("UID:two", "DTSTART:20300605T190000Z"),
      event("UID:three", "SUMMARY:Without a start"),
      event("UID:four", "SUMMARY:Broken", "this line is no property", "DTSTART:20300605T190000Z"),
      event("UID:five", "SUMMARY:Backwards", "DTSTART;VALUE=DATE:20300605", "DTEND;VALUE=DATE:20300601"),
      event("UID:six", "SUMMARY:Dentist", "CLASS:PRIVATE", "DTSTART:20300605T190000Z"),
      event("UID:seven", "SUMMARY:Last", "DTSTART:20300605T190000Z"),
    );
    expect(entries.map(({ name }) => name)).toEqual(["Bal", "Last"]);
    expect(faults.map(({ line, code }) => [line, code])).toEqual([
      [8, "name-missing"],
      [12, "start-missing"],
      [19, "line-unreadable"],
      [26, "end-before-start"],
      [28, "private"],
    ]);
  });

  it("does not swallow the next one when its END is missing", () => {
    const open = ["BEGIN:VEVENT", "UID:open", "SUMMARY:Open", "DTSTART:20300605T190000Z"].join("\r\n");
    const { entries, faults } = read(open, event(...basic), open);
    expect(entries.map(({ name }) => name)).toEqual(["Bal"]);
    expect(faults.map(({ line, code }) => [line, code])).toEqual([
      [3, "unended"],
      [12, "unended"],
    ]);
  });

  it("is skipped by its line where a NUL stands in it, and the rest of the file is read", () => {
    const { entries, faults } = read(
      event(...basic),
      event("UID:2", "SUMMARY:Cut\0 in two", "DTSTART:20300605T190000Z"),
      event("UID:3", "SUMMARY:Hidden", "DTSTART:20300605T190000Z", "X-COLOUR:\0"),
      event("UID:4", "SUMMARY:Fine", "DTSTART:20300605T190000Z"),
    );
    expect(entries.map(({ name }) => name)).toEqual(["Bal", "Fine"]);
    expect(faults).toEqual([
      { line: 10, code: "line-unreadable", text: "SUMMARY:Cut in two" },
      { line: 17, code: "line-unreadable", text: "X-COLOUR:" },
    ]);
  });

  it("gives way to the newer one of the same UID, and an exception to its rule does not", () => {
    const { entries, faults } = read(
      event(...basic, "SEQUENCE:2"),
      event(...basic, "SEQUENCE:1"),
      event(...basic, "RECURRENCE-ID:20300612T190000Z"),
    );
    expect(entries.map(({ sequence, recurrenceId }) => [sequence, recurrenceId?.wall])).toEqual([
      [2, undefined],
      [null, "2030-06-12T19:00:00"],
    ]);
    expect(faults).toEqual([{ line: 9, code: "duplicate", text: "Bal" }]);
  });

  it("is known again by what counts in it, not by its stamps, order or folding", () => {
    const one = only(...basic, "DTSTAMP:20260101T000000Z", "DESCRIPTION:Long text");
    const two = only(
      "DTSTAMP:20270101T000000Z",
      "DESCRIPTION:Long",
      "  text",
      ...basic,
      "LAST-MODIFIED:20270101T000000Z",
    );
    expect(two.fingerprint).toBe(one.fingerprint);
    expect(only(...basic, "DESCRIPTION:Other text").fingerprint).not.toBe(one.fingerprint);
  });
});

describe("a file as a whole", () => {
  it("is refused when it is no calendar, binary, or breaks off", () => {
    expect(refusal("<!doctype html><title>Not found</title>")).toEqual({ code: "not-a-calendar", line: 1 });
    expect(refusal("")).toEqual({ code: "not-a-calendar", line: 1 });
    expect(refusal(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]))).toEqual({ code: "binary", line: 1 });
    const wide = new Uint8Array(Buffer.from(calendar(event(...basic)), "utf16le"));
    expect(refusal(wide)?.code).toBe("binary");
    const whole = calendar(event(...basic), event(...basic));
    for (const length of [40, 90, 140, whole.length - 20])
      expect(refusal(whole.slice(0, length))?.code, String(length)).toBe("truncated");
    expect(refusal(whole)).toBeNull();
  });

  it("is refused at once when it is beyond reason: 50 MB, a million components, endless nesting", () => {
    const start = effort();
    expect(refusal(new Uint8Array(50 * 1024 * 1024).fill(65))?.code).toBe("too-large");
    expect(refusal(calendar("BEGIN:X\nEND:X\n".repeat(1_000_000)))?.code).toBe("too-many");
    expect(refusal(calendar(`${event("UID:1")}\r\n`.repeat(100_000)))?.code).toBe("too-many");
    expect(refusal(calendar("BEGIN:VEVENT\r\n", "BEGIN:VALARM\r\n".repeat(100_000)))?.code).toBe("too-deep");
    expect(effort() - start).toBeLessThan(5_000);
  });

  it("is read in linear time when one line is a bomb", () => {
    const start = effort();
    const { entries, faults } = read(
      event("UID:1", "DTSTART:20300605T190000Z", `SUMMARY:${"x".repeat(5_000_000)}`),
      event("UID:2", "DTSTART:20300605T190000Z", `DESCRIPTION:${"\r\n x".repeat(1_000_000)}`),
      event("UID:3", "DTSTART:20300605T190000Z", `SUMMARY;X="${"\\;".repeat(100_000)}`),
      event(...basic, `X-COLOUR:${"y".repeat(3_000_000)}`),
    );
    expect(entries.map(({ name }) => name)).toEqual(["Bal"]);
    expect(faults.map(({ code }) => code)).toEqual(["line-too-long", "line-too-long", "line-unreadable"]);
    expect(effort() - start).toBeLessThan(3_000);
  });
});
