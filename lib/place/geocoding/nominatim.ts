import { z } from "zod";
import { below, type Geocoder, readFeatures } from "./features.ts";
import { openStreetMap, openStreetMapPlace } from "./openstreetmap.ts";

const properties = z.object({ geocoding: openStreetMap });

/** Nominatim, asked for `geocodejson`: the shape that names towns as such. */
export const nominatim: Geocoder = {
  ask: (base, words, language) =>
    below(base, "search", {
      q: words,
      format: "geocodejson",
      addressdetails: "1",
      limit: "5",
      "accept-language": language,
    }),
  read: (answer) => readFeatures(answer, properties, ({ geocoding }) => openStreetMapPlace(geocoding)),
};
