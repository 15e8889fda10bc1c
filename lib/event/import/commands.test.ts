import { asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { createActor } from "#lib/actor/commands.ts";
import { CalendarRefused } from "#lib/formats/icalendar-lines.ts";
import { newId } from "#lib/ids.ts";
import { setOrigin, updateInstance } from "#lib/instance/commands.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { operator, visitor } from "#lib/policy/viewer.ts";
import { cancelEvent, createEvent, deleteEvent, updateEvent } from "../commands.ts";
import { eventInput } from "../input.ts";
import { importEvents } from "./commands.ts";

let base: TestDatabase;
let organizerId: string;

beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
  await setOrigin(base.db, "http://localhost:3000");
  await updateInstance(base.db, { timezone: "Europe/Paris" });
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});
beforeEach(async () => {
  const handle = `h${newId().replaceAll("-", "").slice(-20)}`;
  organizerId = (await createActor(base.db, operator, { handle })).id;
});

const file = (...events: string[][]) =>
  new TextEncoder().encode(
    ["BEGIN:VCALENDAR", ...events.flatMap((lines) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"]), "END:VCALENDAR"].join(
      "\r\n",
    ),
  );
const bring = (...events: string[][]) => importEvents(base.db, operator, organizerId, file(...events));
const rows = () =>
  base.db
    .select()
    .from(schema.events)
    .where(eq(schema.events.organizerId, organizerId))
    .orderBy(asc(schema.events.name), asc(schema.events.startTime));
const one = async (...lines: string[]) => {
  await bring(["UID:one", "SUMMARY:One", ...lines]);
  return (await rows())[0]!;
};
const span = ({ startTime, endTime, timezone }: { startTime: Date; endTime: Date; timezone: string }) =>
  [startTime.toISOString().slice(0, 16), endTime.toISOString().slice(0, 16), timezone].join(" ");

describe("the instants of imported times", () => {
  const golden: [string, string[], string][] = [
    [
      "UTC becomes the clock of the place",
      ["DTSTART:20300605T190000Z", "GEO:40.7128;-74.006"],
      "2030-06-05T19:00 2030-06-05T21:00 America/New_York",
    ],
    [
      "floating is the clock of the place",
      ["DTSTART:20300605T190000", "GEO:35.68;139.69"],
      "2030-06-05T10:00 2030-06-05T12:00 Asia/Tokyo",
    ],
    [
      "floating is the instance's clock without a place",
      ["DTSTART:20300105T190000"],
      "2030-01-05T18:00 2030-01-05T20:00 Europe/Paris",
    ],
    [
      "a zone wins over the place",
      ["DTSTART;TZID=Asia/Kathmandu:20300605T190000", "GEO:48.85;2.35"],
      "2030-06-05T13:15 2030-06-05T15:15 Asia/Kathmandu",
    ],
    [
      "whole days are the zone's days",
      ["DTSTART;VALUE=DATE:20300605", "DTEND;VALUE=DATE:20300608", "GEO:-33.86;151.2"],
      "2030-06-04T14:00 2030-06-07T14:00 Australia/Sydney",
    ],
    [
      "the day of a clock change has 23 hours",
      ["DTSTART;VALUE=DATE:20300331"],
      "2030-03-30T23:00 2030-03-31T22:00 Europe/Paris",
    ],
    [
      "a duration in hours is exact across a change",
      ["DTSTART;TZID=Europe/Paris:20300330T200000", "DURATION:PT24H"],
      "2030-03-30T19:00 2030-03-31T19:00 Europe/Paris",
    ],
    [
      "a duration in days keeps the clock across a change",
      ["DTSTART;TZID=Europe/Paris:20300330T200000", "DURATION:P1D"],
      "2030-03-30T19:00 2030-03-31T18:00 Europe/Paris",
    ],
    [
      "a duration of whole days ends with its last day",
      ["DTSTART;VALUE=DATE:20300605", "DURATION:P2D"],
      "2030-06-04T22:00 2030-06-06T22:00 Europe/Paris",
    ],
    [
      "a time that a change skips is moved past it",
      ["DTSTART;TZID=Europe/Paris:20300331T023000"],
      "2030-03-31T01:30 2030-03-31T03:30 Europe/Paris",
    ],
    [
      "UTC tells which of two equal clocks is meant",
      ["DTSTART:20301027T013000Z", "GEO:48.85;2.35"],
      "2030-10-27T01:30 2030-10-27T03:30 Europe/Paris",
    ],
    [
      "an end in another zone is the same instant",
      ["DTSTART;TZID=Europe/Paris:20300605T190000", "DTEND;TZID=America/New_York:20300605T190000"],
      "2030-06-05T17:00 2030-06-05T23:00 Europe/Paris",
    ],
    [
      "a Windows name is a zone",
      ["DTSTART;TZID=Pacific Standard Time:20300605T190000"],
      "2030-06-06T02:00 2030-06-06T04:00 America/Los_Angeles",
    ],
  ];
  it.each(golden)("%s", async (_, lines, expected) => {
    expect(span(await one(...lines))).toBe(expected);
  });

  it("are the same wherever the server is", async () => {
    const { TZ } = process.env;
    for (const zone of ["Pacific/Kiritimati", "America/Los_Angeles"]) {
      process.env.TZ = zone;
      for (const [name, lines, expected] of golden) {
        await base.db.delete(schema.events).where(eq(schema.events.organizerId, organizerId));
        expect(span(await one(...lines)), `${name} in ${zone}`).toBe(expected);
      }
    }
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  });
});

describe("what is imported", () => {
  it("is published with its words, place, picture and rule", async () => {
    const event = await one(
      "DTSTART;TZID=Europe/Paris:20300605T190000",
      "DESCRIPTION:Apportez *une* lampe",
      "LOCATION:Place Bellecour\\, 69002 Lyon\\, France",
      "GEO:45.7578;4.832",
      "CATEGORIES:Music,Vélo",
      "STATUS:TENTATIVE",
      "SEQUENCE:3",
      "ORGANIZER;CN=Vélo Lyon:mailto:x@example.org",
      "ATTACH;FMTTYPE=image/png:https://example.org/a.png",
      "RRULE:FREQ=WEEKLY;BYDAY=WE",
      "EXDATE;TZID=America/New_York:20300612T130000",
      "EXDATE:20300619T170000Z",
    );
    expect(event).toMatchObject({
      listed: true,
      uid: "one",
      mediaType: "text/plain",
      content: "Apportez *une* lampe",
      locality: "Lyon",
      latitude: 45.7578,
      category: "MUSIC",
      tags: ["Music", "Vélo"],
      status: "tentative",
      sequence: 3,
      contact: "Vélo Lyon",
      recurrenceRule: "FREQ=WEEKLY;BYDAY=WE",
      exceptionDates: ["2030-06-12", "2030-06-19"],
      attendanceMode: "offline",
    });
    const [place] = await base.db.select().from(schema.places).where(eq(schema.places.id, event.placeId!));
    expect(place).toMatchObject({ name: "Place Bellecour", postalCode: "69002", addressCountry: "France" });
    const [cover] = await base.db.select().from(schema.media).where(eq(schema.media.id, event.coverId!));
    expect(cover).toMatchObject({ remoteUrl: "https://example.org/a.png", path: null });
  });

  it("is online where the entry says so", async () => {
    const mode = async (...lines: string[]) => {
      await base.db.delete(schema.events).where(eq(schema.events.organizerId, organizerId));
      const { attendanceMode, onlineUrl, placeId } = await one("DTSTART:20300605T190000Z", ...lines);
      return [attendanceMode, onlineUrl, placeId !== null];
    };
    expect(await mode("LOCATION:https://meet.example.org/a")).toEqual(["online", "https://meet.example.org/a", false]);
    expect(await mode("LOCATION:Online")).toEqual(["online", null, false]);
    expect(await mode("DESCRIPTION:A webinar")).toEqual(["online", null, false]);
    expect(await mode("LOCATION:Lyon\\, France", "DESCRIPTION:Buy tickets online")).toEqual(["offline", null, true]);
    expect(await mode("LOCATION:Lyon\\, France", "CONFERENCE;VALUE=URI:https://meet.example.org/b")).toEqual([
      "mixed",
      "https://meet.example.org/b",
      true,
    ]);
  });

  it("is an event of its own where it is an exception to a rule, and knows the rule's event", async () => {
    await bring(
      ["UID:w", "SUMMARY:Moved", "RECURRENCE-ID:20300612T190000Z", "DTSTART:20300613T190000Z"],
      ["UID:w", "SUMMARY:Weekly", "DTSTART:20300605T190000Z", "RRULE:FREQ=WEEKLY"],
    );
    const [moved, weekly] = await rows();
    expect(moved!.seriesId).toBe(weekly!.id);
    expect(moved!.recurrenceId!.toISOString()).toBe("2030-06-12T19:00:00.000Z");
    expect(moved!.uid).toMatch(/^w#/);
  });
});

describe("importing again", () => {
  const base1 = ["UID:a", "SUMMARY:A", "DTSTART:20300605T190000Z", "LOCATION:Lyon\\, France"];
  const notices = () =>
    base.db.execute<{ before: { startTime: string } }>(
      sql`select before from event_notices where closed_at is null and event_id in (select id from events where organizer_id = ${organizerId})`,
    );

  it("changes nothing when the entry is as it was, also after the organiser changed the event here", async () => {
    expect(await bring(base1)).toMatchObject({ created: 1, changed: 0, unchanged: 0 });
    const [before] = await rows();
    await updateEvent(base.db, operator, before!.id, { name: "Mine" });
    expect(await bring([...base1, "DTSTAMP:20300101T000000Z"])).toMatchObject({ created: 0, changed: 0, unchanged: 1 });
    expect((await rows()).map(({ name, sequence }) => [name, sequence])).toEqual([["Mine", 0]]);
  });

  it("changes the event when the entry changed, and people are told of a new time but not of new words", async () => {
    await bring(base1);
    expect(await bring([...base1, "DESCRIPTION:New words"])).toMatchObject({ changed: 1, told: 0 });
    expect(await notices()).toHaveLength(0);
    const moved = base1.map((line) => line.replace("T19", "T20"));
    expect(await bring(moved)).toMatchObject({ changed: 1, told: 1 });
    expect((await notices()).map(({ before }) => before.startTime)).toEqual(["2030-06-05T19:00:00.000Z"]);
    expect((await rows())[0]).toMatchObject({ sequence: 1, content: "" });
    await bring([...moved, "SEQUENCE:9", "STATUS:CANCELLED"]);
    expect((await rows())[0]).toMatchObject({ sequence: 9, status: "cancelled" });
    expect(await notices()).toHaveLength(0);
  });

  it("keeps what a calendar does not speak of: seats, admission, how the place is shown", async () => {
    await bring(base1);
    const [event] = await rows();
    await updateEvent(base.db, operator, event!.id, { maximumAttendeeCapacity: 12, joinMode: "approval" });
    await bring(base1.map((line) => line.replace("SUMMARY:A", "SUMMARY:B")));
    expect((await rows())[0]).toMatchObject({ name: "B", maximumAttendeeCapacity: 12, joinMode: "approval" });
  });

  it("neither goes back to an older entry nor brings back what was deleted here", async () => {
    await bring([...base1, "SEQUENCE:5"]);
    expect(await bring([...base1, "SEQUENCE:4", "DESCRIPTION:Old"])).toMatchObject({ unchanged: 1 });
    await deleteEvent(base.db, operator, (await rows())[0]!.id);
    expect(await bring([...base1, "SEQUENCE:6"])).toMatchObject({ created: 0, unchanged: 1 });
    expect((await rows())[0]).toMatchObject({ state: "deleted" });
  });
});

describe("SEQUENCE", () => {
  const entry = ["UID:a", "SUMMARY:A", "DTSTART:20300605T190000Z"];
  const state = async () => (await rows()).map(({ name, status }) => `${name} ${status}`);

  it("is 0 where it is left out: what a higher one cancelled stays cancelled", async () => {
    await bring([...entry, "SEQUENCE:1", "STATUS:CANCELLED"]);
    expect(await bring(entry)).toMatchObject({ changed: 0, unchanged: 1, told: 0 });
    expect(await state()).toEqual(["A cancelled"]);
  });

  it("is not asked of a feed that never sends it: its later entries count", async () => {
    await bring([...entry, "LAST-MODIFIED:20300101T000000Z"]);
    const renamed = ["UID:a", "SUMMARY:B", "DTSTART:20300605T190000Z", "LAST-MODIFIED:20300102T000000Z"];
    expect(await bring(renamed)).toMatchObject({ changed: 1 });
    expect(await bring([...renamed, "STATUS:CANCELLED"])).toMatchObject({ changed: 1 });
    expect(await state()).toEqual(["B cancelled"]);
  });

  it("is compared with the event's own where it was made here and cancelled", async () => {
    const startWall = "2030-06-05T19:00:00";
    const input = eventInput.parse({ name: "A", startWall, timezone: "Europe/Paris", state: "published" });
    const id = await createEvent(base.db, operator, organizerId, input);
    await cancelEvent(base.db, operator, id);
    const [{ uid } = { uid: "" }] = await rows();
    expect(await bring([`UID:${uid}`, ...entry.slice(1)])).toMatchObject({ unchanged: 1 });
    expect(await state()).toEqual(["A cancelled"]);
  });
});

describe("a file with faults", () => {
  it("brings in what can be read and names the lines of the rest", async () => {
    const done = await bring(
      ["UID:1", "SUMMARY:Good", "DTSTART:20300605T190000Z"],
      ["UID:2", "SUMMARY:No start"],
      ["UID:3", "SUMMARY:Backwards", "DTSTART:20300605T190000Z", "DTEND:20300605T180000Z"],
      ["UID:4", "SUMMARY:Fine", "DTSTART:20300605T190000Z"],
    );
    expect(done).toMatchObject({ created: 2 });
    expect(done.faults.map(({ line, code }) => [line, code])).toEqual([
      [7, "start-missing"],
      [11, "end-before-start"],
    ]);
  });

  it("leaves nothing behind when it breaks off, or when writing fails in the middle", async () => {
    const many = Array.from({ length: 600 }, (_, n) => [`UID:${n}`, `SUMMARY:Event ${n}`, "DTSTART:20300605T190000Z"]);
    const whole = file(...many);
    await expect(
      importEvents(base.db, operator, organizerId, whole.slice(0, whole.length - 60)),
    ).rejects.toBeInstanceOf(CalendarRefused);
    const broken = importEvents(base.db, operator, organizerId, whole, (done) => {
      if (done > 300) throw new Error("The power went off");
    });
    await expect(broken).rejects.toThrow("The power went off");
    expect(await rows()).toHaveLength(0);
    expect(await importEvents(base.db, operator, organizerId, whole)).toMatchObject({ created: 600 });
  });

  it("is refused to others, and to two imports of one organiser at once", async () => {
    const entry = ["UID:1", "SUMMARY:Good", "DTSTART:20300605T190000Z"];
    await expect(importEvents(base.db, visitor, organizerId, file(entry))).rejects.toMatchObject({ code: "forbidden" });
    const twice = await Promise.allSettled([bring(entry), bring(entry), bring(entry)]);
    expect(twice.some(({ status }) => status === "fulfilled")).toBe(true);
    for (const one of twice)
      if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "unavailable", retryAfter: 30 });
    expect(await rows()).toHaveLength(1);
  });
});
