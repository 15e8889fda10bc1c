import type { Database } from "#db/client.ts";
import { listUsedTags, listVenues } from "#lib/event/desk/queries.ts";
import { placeLine } from "#lib/place/address.ts";
import { geocoderHost } from "#lib/place/geocoding/queries.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";

/** What the form offers: places that its organiser used before, tags in use, and where addresses are looked up. */
export async function offered(db: Database, { actorIds }: AccountViewer) {
  const [venues, tags] = await Promise.all([listVenues(db, actorIds), listUsedTags(db, actorIds)]);
  const words = venues.map((venue) => ({ id: venue.id, words: placeLine(venue) }));
  return { venues: words, tags, geocoder: geocoderHost() };
}
