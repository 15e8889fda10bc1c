import { z } from "zod";
import { beginning } from "#lib/html.ts";
import type { PlaceInput } from "../input.ts";

/** One address service: how it is asked, and how its answers read. */
export type Geocoder = {
  /** Where `words` are looked up: `base` is what the host wrote, `language` the reader's. */
  ask: (base: URL, words: string, language: string) => URL;
  /** The places of an answer, best first. What is no place is left out; what is no answer throws. */
  read: (answer: unknown) => PlaceInput[];
};

/** A word of a foreign answer: one line, at most `most` characters; whatever is no text is none. */
export const word = (most: number) =>
  z
    .union([z.string(), z.number()])
    .transform((text) => beginning(String(text).replace(/[\p{Cc}\p{Cf}\s]+/gu, " "), most).trim())
    .nullish()
    .catch(null)
    .transform((text) => text ?? "");

const collection = z.object({ features: z.array(z.unknown()).max(1_000) });

/** GeoJSON (RFC 7946 3.3) with a point: longitude first. Services on the web answer with nothing else. */
const feature = z.object({
  geometry: z.object({
    coordinates: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).rest(z.unknown()),
  }),
  properties: z.unknown(),
});

const most = 5;

/** The places of a GeoJSON answer, five at most, as `place` reads their properties. @throws ZodError when it is none. */
export function readFeatures<S extends z.ZodType>(
  answer: unknown,
  properties: S,
  place: (found: z.infer<S>) => PlaceInput,
): PlaceInput[] {
  const seen = new Set<string>();
  return collection
    .parse(answer)
    .features.flatMap((one) => {
      const [point, found] = [
        feature.safeParse(one),
        properties.safeParse((one as { properties?: unknown })?.properties),
      ];
      if (!point.success || !found.success) return [];
      const [longitude, latitude] = point.data.geometry.coordinates;
      const words = place(found.data);
      const key = JSON.stringify(words);
      if (!Object.values(words).some(Boolean) || seen.has(key)) return [];
      seen.add(key);
      return [{ ...words, latitude, longitude }];
    })
    .slice(0, most);
}

/** `path` below what the host wrote, with these parameters beside those that the host gave (a key). */
export function below(base: URL, path: string, parameters: Record<string, string>): URL {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${path}`;
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

/** Countries where the number stands before the street. */
const numberFirst = new Set(
  "au bd ca fr gb gh ie il in jm ke lk lu ma mc mt my ng nz ph pk sg th tn us vn za".split(" "),
);

/** Number and street as they are written there; where the country is unknown, the number comes first. */
export function streetLine(number: string, street: string, country: string): string {
  const first = !country || numberFirst.has(country.toLowerCase());
  return beginning((first ? [number, street] : [street, number]).filter(Boolean).join(" "), 200);
}
