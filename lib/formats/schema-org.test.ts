import { describe, expect, it } from "vitest";
import { scriptJson } from "#lib/html.ts";
import { type Described, toSchemaOrg } from "./schema-org.ts";

const described: Described = {
  event: {
    uid: "1@e.org",
    sequence: 0,
    name: "Repair café",
    text: "Bring what is broken.",
    url: "https://e.org/events/1",
    startTime: new Date("2026-12-05T18:00:00Z"),
    endTime: new Date("2026-12-05T21:00:00Z"),
    startWall: "2026-12-05 19:00:00",
    endWall: "2026-12-05 22:00:00",
    allDay: false,
    timezone: "Europe/Paris",
    status: "confirmed",
    location: "Maison, Nantes",
    latitude: 47.2,
    longitude: -1.55,
    tags: ["repair", "tea"],
    organizer: { name: "Atelier", url: "https://e.org/@atelier" },
    recurrenceRule: null,
    exceptionDates: [],
    createdAt: new Date("2026-11-01T08:00:00Z"),
    updatedAt: new Date("2026-11-02T08:00:00Z"),
  },
  organizerType: "Group",
  place: {
    name: "Maison",
    streetAddress: "12 quai",
    postalCode: "44000",
    addressLocality: "Nantes",
    addressRegion: "",
    addressCountry: "France",
    latitude: 47.2,
    longitude: -1.55,
  },
  onlineUrl: null,
  attendanceMode: "offline",
  previousStartTime: null,
  language: "fr",
  images: ["https://e.org/events/1/card.png"],
  joinMode: "free",
  full: false,
  capacity: 40,
  facts: { price: { amount: 5, currency: "EUR" } },
};
const event = (change: Partial<Described["event"]>) => ({ ...described, event: { ...described.event, ...change } });

describe("an event for search engines", () => {
  it("has what they require, with the zone's offset", () => {
    expect(toSchemaOrg(described)).toMatchObject({
      "@context": "https://schema.org",
      "@type": "Event",
      "@id": "https://e.org/events/1",
      name: "Repair café",
      startDate: "2026-12-05T19:00:00+01:00",
      endDate: "2026-12-05T22:00:00+01:00",
      eventStatus: "https://schema.org/EventScheduled",
      eventAttendanceMode: "https://schema.org/OfflineEventAttendanceMode",
      location: {
        "@type": "Place",
        name: "Maison",
        address: { "@type": "PostalAddress", addressLocality: "Nantes", streetAddress: "12 quai" },
        geo: { latitude: 47.2, longitude: -1.55 },
      },
      organizer: { "@type": "Organization", name: "Atelier", url: "https://e.org/@atelier" },
      offers: {
        price: 5,
        priceCurrency: "EUR",
        availability: "https://schema.org/InStock",
        url: "https://e.org/events/1",
      },
      isAccessibleForFree: false,
      inLanguage: "fr",
      keywords: "repair, tea",
      maximumAttendeeCapacity: 40,
    });
  });

  it.each([
    ["called off", event({ status: "cancelled" }), "EventCancelled", undefined],
    ["not settled", event({ status: "tentative" }), "EventScheduled", undefined],
    [
      "moved",
      { ...described, previousStartTime: new Date("2026-11-28T18:00:00Z") },
      "EventRescheduled",
      "2026-11-28T19:00:00+01:00",
    ],
    ["moved and back", { ...described, previousStartTime: described.event.startTime }, "EventScheduled", undefined],
  ] as const)("says of one that is %s no more than is so", (_, given, status, before) => {
    const told = toSchemaOrg(given);
    expect([told.eventStatus, told.previousStartDate]).toEqual([`https://schema.org/${status}`, before]);
  });

  it("names whole days by dates alone, and no end where none was given", () => {
    const days = toSchemaOrg(event({ allDay: true, endWall: "2026-12-06 00:00:00" }));
    expect([days.startDate, days.endDate]).toEqual(["2026-12-05", "2026-12-06"]);
    expect(toSchemaOrg(event({ endWall: null }))).not.toHaveProperty("endDate");
  });

  it("is at a virtual location online, at two when both, and nowhere where the place is kept back", () => {
    const both = toSchemaOrg({ ...described, attendanceMode: "mixed", onlineUrl: "https://meet.example/a" });
    expect(both.location).toMatchObject([
      { "@type": "Place" },
      { "@type": "VirtualLocation", url: "https://meet.example/a" },
    ]);
    const online = toSchemaOrg({ ...described, attendanceMode: "online", place: null });
    expect(online.location).toEqual({ "@type": "VirtualLocation", url: "https://e.org/events/1" });
    expect(toSchemaOrg({ ...described, place: null })).not.toHaveProperty("location");
  });

  it("tells of the place what is known of it, and nothing else", () => {
    const facts = { wheelchair: "yes", hearingLoop: false, bring: "A cup" } as const;
    const { location } = toSchemaOrg({ ...described, facts }) as { location: Record<string, unknown> };
    expect(location.amenityFeature).toEqual([
      { "@type": "LocationFeatureSpecification", name: "Wheelchair accessible", value: true },
      { "@type": "LocationFeatureSpecification", name: "Hearing loop", value: false },
    ]);
    expect((toSchemaOrg(described) as { location: object }).location).not.toHaveProperty("amenityFeature");
  });

  it("is sold out when full, free when it says so, and offers nothing without a price", () => {
    expect(toSchemaOrg({ ...described, full: true }).offers).toMatchObject({
      availability: "https://schema.org/SoldOut",
    });
    expect(toSchemaOrg({ ...described, facts: { price: { free: true } } })).toMatchObject({
      isAccessibleForFree: true,
      offers: { price: 0 },
    });
    expect(toSchemaOrg({ ...described, facts: {} })).not.toHaveProperty("offers");
  });

  it("cannot leave its script element", () => {
    const json = scriptJson(toSchemaOrg(event({ name: "</script><script>alert(1)</script>\u2028" })));
    expect(json).not.toMatch(/[<>\u2028]/);
    expect(JSON.parse(json).name).toBe("</script><script>alert(1)</script>\u2028");
  });
});
