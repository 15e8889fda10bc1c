import { type PlaceInput, placeInput } from "#lib/place/input.ts";
import { zoneAt } from "#lib/place/zone.ts";
import type { FieldName, Fields, Intent } from "./fields.ts";

/** The hidden controls that hold the places found, so that choosing one asks nobody again. */
export const foundNames = ["found1", "found2", "found3", "found4", "found5"] as const satisfies FieldName[];

/** A place as a hidden control holds it; null for whatever else came back. */
export function readPlace(text: string): PlaceInput | null {
  try {
    const read = placeInput.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** Whether the form was sent to be shown again, with an address or a picture filled in, and to change nothing. */
export const isAsking = (intent: Intent): boolean =>
  intent === "lookup" || intent === "picture" || intent.startsWith("choose");

/** What is looked up: the address; the name of the place only where no street says more. */
export function askedWords({ placeName, streetAddress, postalCode, addressLocality, addressCountry }: Fields) {
  const name = streetAddress.trim() ? "" : placeName;
  return { name, streetAddress, postalCode, addressLocality, addressCountry };
}

export const withFound = (fields: Fields, places: PlaceInput[]): Fields => ({
  ...fields,
  ...Object.fromEntries(foundNames.map((name, at) => [name, places[at] ? JSON.stringify(places[at]) : ""])),
});

/**
 * The form with a place filled in: what the service does not know stays as typed, also the name that people call it by.
 * The zone follows, unless somebody chose one.
 */
export function withPlace(fields: Fields, { latitude, longitude, ...place }: PlaceInput): Fields {
  const { name = "", room: _, ...words } = place;
  const known = Object.fromEntries(Object.entries(words).filter(([, word]) => word));
  const near = latitude != null && longitude != null;
  const followed = fields.timezone !== "" && fields.timezone === fields.timezoneProposed;
  const zone = near && followed ? zoneAt(latitude, longitude, fields.timezone) : fields.timezone;
  return withFound(
    {
      ...fields,
      ...known,
      venue: "",
      placeName: fields.placeName.trim() || name,
      coordinates: near ? `${latitude}, ${longitude}` : fields.coordinates,
      timezone: zone,
      timezoneProposed: followed ? zone : fields.timezoneProposed,
    },
    [],
  );
}
