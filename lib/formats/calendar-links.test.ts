import { expect, it } from "vitest";
import { instantsOf } from "#lib/time.ts";
import { googleLink, type Linked, outlookLink } from "./calendar-links.ts";

const at = (
  startWall: string,
  endWall: string | null,
  timezone = "Europe/Paris",
  more: Partial<Linked> = {},
): Linked => {
  const allDay = more.allDay ?? false;
  const { startTime, endTime } = instantsOf({ startWall, endWall, timezone, allDay });
  const shown = {
    name: "Repair & café",
    text: "Bring it.",
    url: "https://e.org/events/1",
    location: "12 quai, Nantes",
  };
  return { ...shown, startWall, endWall, timezone, allDay, startTime, endTime, ...more };
};
const query = (link: string) => new URL(link).searchParams;

it("gives Google wall clocks and the zone beside them, as people typed them", () => {
  const link = googleLink(at("2026-12-12 14:00:00", "2026-12-12 16:00:00"));
  expect(link.startsWith("https://calendar.google.com/calendar/render?action=TEMPLATE&text=Repair%20%26%20caf")).toBe(
    true,
  );
  expect(query(link).get("dates")).toBe("20261212T140000/20261212T160000");
  expect(query(link).get("ctz")).toBe("Europe/Paris");
  expect(query(link).get("details")).toBe("Bring it.\nhttps://e.org/events/1");
  expect(query(link).get("location")).toBe("12 quai, Nantes");
});

it("gives instants where zone and wall clock do not tell: a fixed offset, the second of two equal hours", () => {
  const fixed = query(googleLink(at("2026-12-12T14:00:00", "2026-12-12T16:00:00", "Etc/GMT-3")));
  expect([fixed.get("dates"), fixed.get("ctz")]).toEqual(["20261212T110000Z/20261212T130000Z", null]);
  const second = { startTime: new Date("2026-10-25T01:30:00Z"), endTime: new Date("2026-10-25T03:00:00Z") };
  const autumn = query(googleLink(at("2026-10-25T02:30:00", "2026-10-25T04:00:00", "Europe/Paris", second)));
  expect([autumn.get("dates"), autumn.get("ctz")]).toEqual(["20261025T013000Z/20261025T030000Z", null]);
});

it("assumes two hours where no end was given", () => {
  expect(query(googleLink(at("2026-12-31T23:00:00", null))).get("dates")).toBe("20261231T230000/20270101T010000");
});

it("names whole days by dates alone, the end exclusive", () => {
  const days = at("2026-12-12T00:00:00", "2026-12-13T00:00:00", "Asia/Tokyo", { allDay: true });
  expect(query(googleLink(days)).get("dates")).toBe("20261212/20261214");
  const outlook = query(outlookLink(days, "live"));
  expect([outlook.get("startdt"), outlook.get("enddt"), outlook.get("allday")]).toEqual([
    "2026-12-12",
    "2026-12-14",
    "true",
  ]);
});

it("gives Outlook and Microsoft 365 instants", () => {
  const link = outlookLink(at("2026-12-12T14:00:00", "2026-12-12T16:00:00"), "office");
  expect(link).toContain(
    "https://outlook.office.com/calendar/deeplink/compose?path=/calendar/action/compose&rru=addevent",
  );
  expect([query(link).get("startdt"), query(link).get("enddt")]).toEqual([
    "2026-12-12T13:00:00Z",
    "2026-12-12T15:00:00Z",
  ]);
});

it("is a link whatever stands at the place where the text is cut", () => {
  const event = at("2026-12-12T14:00:00", null, "Europe/Paris", { text: `${"x".repeat(499)}🎈 and more` });
  expect(query(googleLink(event)).get("details")).toBe(`${"x".repeat(499)}\nhttps://e.org/events/1`);
  expect(query(outlookLink(event, "live")).get("body")).toBe(`${"x".repeat(499)}\nhttps://e.org/events/1`);
});
