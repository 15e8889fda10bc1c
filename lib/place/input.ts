import { z } from "zod";

const line = (max: number) => z.string().trim().max(max, "too-long").optional();

/** A place as somebody writes it. Coordinates are WGS 84 degrees, both or none. */
export const placeInput = z
  .object({
    name: line(200),
    streetAddress: line(200),
    postalCode: line(20),
    addressLocality: line(120),
    addressRegion: line(120),
    addressCountry: line(120),
    room: line(120),
    latitude: z.number("number-invalid").min(-90, "number-invalid").max(90, "number-invalid").nullish(),
    longitude: z.number("number-invalid").min(-180, "number-invalid").max(180, "number-invalid").nullish(),
  })
  .refine((place) => (place.latitude == null) === (place.longitude == null), {
    error: "place-incomplete",
    path: ["latitude"],
  });

export type PlaceInput = z.infer<typeof placeInput>;
