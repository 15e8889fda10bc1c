import { describe, expect, it } from "vitest";
import { newId } from "#lib/ids.ts";
import { pictureToken } from "#lib/media/token.ts";
import { eventForm } from "./fields.ts";
import { readPlace, withFound, withPlace } from "./found.ts";

const least = { name: "Repair café", startDate: "2030-06-05", startTime: "19:00", timezone: "Europe/Paris" };
const read = (typed: Record<string, unknown>) => eventForm.safeParse({ ...least, ...typed });
const wrong = (typed: Record<string, unknown>) =>
  Object.fromEntries((read(typed).error?.issues ?? []).map(({ path, message }) => [path.join("."), message]));
const right = (typed: Record<string, unknown>) => eventForm.parse({ ...least, ...typed }).input;

describe("the form of an event", () => {
  it("takes a title and a day as a draft, with what is usual for the rest", () => {
    expect(right({})).toMatchObject({
      name: "Repair café",
      startWall: "2030-06-05T19:00:00",
      endWall: null,
      attendanceMode: "offline",
      joinMode: "free",
      visibility: "public",
      showCount: true,
      maximumAttendeeCapacity: null,
    });
  });

  it("wants a place, or online, before others see it", () => {
    expect(wrong({ intent: "publish" })).toEqual({ placeName: "place-required" });
    expect(wrong({ intent: "publish", attendanceMode: "online" })).toEqual({});
    expect(wrong({ intent: "publish", addressLocality: "Nantes" })).toEqual({});
    expect(wrong({ intent: "draft" })).toEqual({});
  });

  it.each([
    [{ name: " " }, { name: "required" }],
    [{ startDate: "" }, { startDate: "required" }],
    [{ startTime: "" }, { startTime: "time-required" }],
    [{ startDate: "2030-02-31" }, { startDate: "date-invalid" }],
    [{ endDate: "tomorrow" }, { endDate: "date-invalid" }],
    [{ timezone: "Mars/Olympus" }, { timezone: "zone-unknown" }],
    [{ coordinates: "47.2" }, { coordinates: "number-invalid" }],
    [{ coordinates: "95, 1" }, { coordinates: "number-invalid" }],
    [{ capacity: "many" }, { capacity: "number-invalid" }],
    [{ capacity: "0" }, { capacity: "number-invalid" }],
    [{ url: "javascript:alert(1)" }, { url: "url-invalid" }],
    [{ joinMode: "external" }, { externalParticipationUrl: "required" }],
    [{ joinMode: "anyhow" }, { joinMode: "choice-invalid" }],
    [{ price: "amount", priceAmount: "-1" }, { priceAmount: "number-invalid" }],
    [{ liveStream: "ftp://x" }, { liveStream: "url-invalid" }],
    [{ own2_value: "no name" }, { own1_name: "required" }],
    [
      { question3_label: "Size?", question3_kind: "choice", question3_choices: "S" },
      { question3_choices: "choice-invalid" },
    ],
    [{ content: "x".repeat(64_001) }, { content: "too-long" }],
    [{ pictureKept: pictureToken(newId()) }, { pictureName: "words-required" }],
  ])("says of %j what is wrong, beside the field", (typed, errors) => {
    expect(wrong(typed)).toEqual(errors);
  });

  it("puts a chosen picture at the end of the text, whatever button is pressed, and none that it was not handed out", () => {
    const id = newId();
    const [content, pictureName] = ["Come.", " A [long]\ntable "];
    expect(right({ content, pictureName, pictureKept: pictureToken(id) }).content).toBe(
      `Come.\n\n![A \\[long\\] table](/media/${id})`,
    );
    for (const pictureKept of [id, `${pictureToken(id)}x`, pictureToken(newId()).replace(/^[^.]+/, id)])
      expect(right({ content, pictureName, pictureKept }).content).toBe("Come.");
  });

  it("takes tags that were written and those that were ticked, each once", () => {
    expect(right({ tags: "repair, #vélo", tagsChosen: ["repair", "bicycle"] }).tags).toEqual([
      "repair",
      "vélo",
      "bicycle",
    ]);
    expect(right({ tagsChosen: "bicycle" }).tags).toEqual(["bicycle"]);
  });

  it("keeps a comma in a price, one tag once, and all-day days without times", () => {
    expect(right({ price: "amount", priceAmount: "2,50", priceCurrency: "EUR" }).facts).toEqual({
      price: { amount: 2.5, currency: "EUR" },
    });
    expect(right({ tags: "vélo, #vélo; repair" }).tags).toEqual(["vélo", "repair"]);
    expect(right({ allDay: "yes", startTime: "", endDate: "2030-06-07", endTime: "21:00" })).toMatchObject({
      startWall: "2030-06-05T00:00:00",
      endWall: "2030-06-07T00:00:00",
    });
  });

  it("takes an end time without a day as one of the same day", () => {
    expect(right({ endTime: "21:00" }).endWall).toBe("2030-06-05T21:00:00");
  });

  it("keeps nothing online of what is in person, and no place of what is online", () => {
    expect(right({ attendanceMode: "offline", onlineUrl: "https://meet.example" }).onlineUrl).toBe(null);
    expect(right({ attendanceMode: "online", placeName: "Hall" }).place).toBe(null);
  });

  it("refuses a name that comes twice, and drops what it does not know", () => {
    expect(wrong({ name: ["a", "b"] })).toHaveProperty("name");
    expect(right({ state: "published", organizerId: "x", seatsTaken: "9" })).not.toHaveProperty("seatsTaken");
  });
});

describe("an address looked up", () => {
  const fields = (typed: Record<string, string>) => eventForm.parse({ ...least, ...typed, intent: "lookup" }).fields;
  const place = {
    name: "Bibliothèque",
    streetAddress: "3 Quai de la Fosse",
    postalCode: "44000",
    addressLocality: "Nantes",
    addressCountry: "",
    latitude: 47.21,
    longitude: -1.56,
  };

  it("needs nothing else of the form to be right", () => {
    expect(wrong({ intent: "lookup", name: "", startDate: "soon", capacity: "many" })).toEqual({});
    expect(wrong({ intent: "choose3", name: "" })).toEqual({});
  });

  it("fills in what is known of it, and leaves what only the organiser knows", () => {
    const typed = fields({ placeName: "Chez nous", addressCountry: "France", room: "B", venue: "x", capacity: "lots" });
    expect(withPlace(withFound(typed, [place]), place)).toMatchObject({
      placeName: "Chez nous",
      streetAddress: "3 Quai de la Fosse",
      postalCode: "44000",
      addressLocality: "Nantes",
      addressCountry: "France",
      room: "B",
      coordinates: "47.21, -1.56",
      venue: "",
      capacity: "lots",
      found1: "",
    });
  });

  it("brings the zone along, unless somebody chose one", () => {
    const proposed = withPlace(fields({ timezone: "Asia/Tokyo", timezoneProposed: "Asia/Tokyo" }), place);
    expect(proposed).toMatchObject({ timezone: "Europe/Paris", timezoneProposed: "Europe/Paris" });
    expect(withPlace(fields({ timezone: "Asia/Tokyo", timezoneProposed: "UTC" }), place).timezone).toBe("Asia/Tokyo");
    expect(withPlace(fields({ timezone: "Asia/Tokyo" }), place).timezone).toBe("Asia/Tokyo");
  });

  it("is read back from its hidden field only as a place", () => {
    expect(readPlace(withFound(fields({}), [place]).found1)).toEqual(place);
    for (const odd of ["", "{", "[]", "null", '{"latitude":1}', JSON.stringify({ name: "x".repeat(300) })])
      expect(readPlace(odd), odd).toBe(null);
  });
});
