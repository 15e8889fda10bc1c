import type { Database } from "#db/client.ts";
import { listOwnTags, listVenues } from "#lib/event/desk/queries.ts";
import { placeLine } from "#lib/place/address.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";

/** What the form offers of what its organiser used before: places and tags. */
export async function offered(db: Database, { actorIds }: AccountViewer) {
  const [venues, tags] = await Promise.all([listVenues(db, actorIds), listOwnTags(db, actorIds)]);
  return { venues: venues.map((venue) => ({ id: venue.id, words: placeLine(venue) })), tags };
}
