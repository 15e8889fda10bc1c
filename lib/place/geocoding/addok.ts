import { z } from "zod";
import { below, type Geocoder, readFeatures, word } from "./features.ts";

const properties = z.object({
  type: word(40),
  name: word(200),
  postcode: word(20),
  city: word(120),
  /** From the narrowest to the widest, as the French national base writes it: "69, Rhône, Auvergne-Rhône-Alpes". */
  context: word(300),
});

/** Addok, as France's national address base runs it. It says no country: what the organiser wrote stays. */
export const addok: Geocoder = {
  ask: (base, words) => below(base, "search", { q: words.slice(0, 200), limit: "5" }),
  read: (answer) =>
    readFeatures(answer, properties, ({ type, name, postcode, city, context }) => ({
      streetAddress: type === "municipality" ? "" : name,
      postalCode: postcode,
      addressLocality: city,
      addressRegion: context.split(",").slice(2).join(",").trim().slice(0, 120),
    })),
};
