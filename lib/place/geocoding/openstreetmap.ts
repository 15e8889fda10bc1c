import { z } from "zod";
import type { PlaceInput } from "../input.ts";
import { streetLine, word } from "./features.ts";

/** What Nominatim and Photon say of a place, both in the words of the GeocodeJSON draft. */
export const openStreetMap = z.object({
  name: word(200),
  type: word(40),
  osm_key: word(40),
  housenumber: word(20),
  street: word(160),
  postcode: word(20),
  city: word(120),
  town: word(120),
  village: word(120),
  locality: word(120),
  state: word(120),
  country: word(120),
  countrycode: word(2),
  country_code: word(2),
});

const towns = /^(city|town|village|municipality|district|locality)$/;

/** A town and a street are found under their own name, which is then no name of a venue. */
export function openStreetMapPlace(found: z.infer<typeof openStreetMap>): PlaceInput {
  const isTown = towns.test(found.type) && !found.street;
  const isStreet = found.type === "street" || found.osm_key === "highway";
  const street = found.street || (isStreet ? found.name : "");
  const town = found.city || found.town || found.village || (isTown ? found.name : found.locality);
  const name = isStreet || found.name === town || found.name === street ? "" : found.name;
  return {
    name,
    streetAddress: streetLine(found.housenumber, street, found.countrycode || found.country_code),
    postalCode: found.postcode,
    addressLocality: town,
    addressRegion: found.state === town ? "" : found.state,
    addressCountry: found.country,
  };
}
