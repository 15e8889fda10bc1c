import { describe, expect, it } from "vitest";
import { placeLine } from "./address.ts";
import { readLocation } from "./location.ts";
import { zoneAt } from "./zone.ts";

describe("a place in one line", () => {
  it.each([
    ["Berlin, Germany", { addressLocality: "Berlin", addressCountry: "Germany" }],
    ["Lyon, France", { addressLocality: "Lyon", addressCountry: "France" }],
    ["Köln, Deutschland", { addressLocality: "Köln", addressCountry: "Deutschland" }],
    ["Dallas, TX, U.S.A.", { addressLocality: "Dallas", addressRegion: "TX", addressCountry: "U.S.A." }],
    [
      "Fort Mason, San Francisco, CA 94123, USA",
      {
        name: "Fort Mason",
        addressLocality: "San Francisco",
        addressRegion: "CA",
        postalCode: "94123",
        addressCountry: "USA",
      },
    ],
    [
      "La Bellevilloise, 19 rue Boyer, 75020 Paris, France",
      {
        name: "La Bellevilloise",
        streetAddress: "19 rue Boyer",
        postalCode: "75020",
        addressLocality: "Paris",
        addressCountry: "France",
      },
    ],
    [
      "Conway Hall, London WC1R 4RL, UK",
      { name: "Conway Hall", addressLocality: "London", postalCode: "WC1R 4RL", addressCountry: "UK" },
    ],
    ["Salle des fêtes, Lyon", { name: "Salle des fêtes, Lyon" }],
    ["Under the big tree", { name: "Under the big tree" }],
  ])("%s", (text, place) => {
    expect(readLocation(text)).toEqual(place);
  });

  it("is written from the narrowest to the widest", () => {
    const place = readLocation("La Bellevilloise, 19 rue Boyer, 75020 Paris, France");
    expect(placeLine({ ...place, room: "Forum" })).toBe("Forum, La Bellevilloise, 19 rue Boyer, 75020 Paris, France");
    expect(placeLine({ name: "Singapore", addressLocality: "Singapore" })).toBe("Singapore");
  });
});

describe("the zone at a point", () => {
  it("is that of the land, and of the sea by its longitude", () => {
    expect(zoneAt(45.76, 4.83, "UTC")).toBe("Europe/Paris");
    expect(zoneAt(-33.92, 18.42, "UTC")).toBe("Africa/Johannesburg");
    expect(zoneAt(0, -30, "UTC")).toBe("Etc/GMT+2");
  });
});
