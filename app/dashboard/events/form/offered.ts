import type { Database } from "#db/client.ts";
import { listUsedTags, listVenues } from "#lib/event/desk/queries.ts";
import { placeLine } from "#lib/place/address.ts";
import { geocoderHost } from "#lib/place/geocoding/queries.ts";

/** What the form offers: places that its organisers used before, tags in use, and where addresses are looked up. */
export async function offered(db: Database, organizerIds: string[]) {
  const [venues, tags] = await Promise.all([listVenues(db, organizerIds), listUsedTags(db, organizerIds)]);
  const words = venues.map((venue) => ({ id: venue.id, words: placeLine(venue) }));
  return { venues: words, tags, geocoder: geocoderHost() };
}
