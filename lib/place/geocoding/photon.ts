import { below, type Geocoder, readFeatures } from "./features.ts";
import { openStreetMap, openStreetMapPlace } from "./openstreetmap.ts";

/** The languages that Photon's usual index has; it refuses to answer in another. */
const spoken = ["en", "fr", "de"];

/** Photon (Komoot). */
export const photon: Geocoder = {
  ask: (base, words, language) =>
    below(base, "api", { q: words, limit: "5", ...(spoken.includes(language) ? { lang: language } : {}) }),
  read: (answer) => readFeatures(answer, openStreetMap, openStreetMapPlace),
};
