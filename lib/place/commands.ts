import { and, eq, inArray, lt, notExists, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { contentId } from "#lib/ids.ts";
import type { PlaceInput } from "./input.ts";

export type PlaceRow = Omit<typeof schema.places.$inferSelect, "createdAt">;

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function rowOf(place: PlaceInput): PlaceRow {
  const { name = "", streetAddress = "", postalCode = "", addressLocality = "", room = "" } = place;
  const { addressRegion = "", addressCountry = "" } = place;
  const [latitude, longitude] = [place.latitude ?? null, place.longitude ?? null];
  const words = { name, streetAddress, postalCode, addressLocality, addressRegion, addressCountry, room };
  return { id: contentId("place", ...Object.values(words), latitude, longitude), ...words, latitude, longitude };
}

/** One town a name, country and degree square: two of one name far apart stay two. */
function townOf(place: PlaceRow): typeof schema.towns.$inferInsert | null {
  const { addressLocality: name, addressCountry: country, latitude, longitude } = place;
  if (!name || latitude === null || longitude === null) return null;
  const id = contentId("town", fold(name), fold(country), Math.round(latitude), Math.round(longitude));
  return { id, name, country, latitude, longitude };
}

/** The rows of places as written, made where missing, in the order given; each weighs once for the town that it is in. */
export async function placesFor(db: Db, inputs: PlaceInput[]): Promise<PlaceRow[]> {
  const rows = inputs.map(rowOf);
  const places = new Map(rows.map((row) => [row.id, row]));
  const towns = new Map<string, typeof schema.towns.$inferInsert & { weight: number }>();
  for (const row of rows) {
    const town = townOf(row);
    if (town) towns.set(town.id, { ...town, weight: (towns.get(town.id)?.weight ?? 0) + 1 });
  }
  // In the order of their ids, so that two importers never wait for each other in a ring.
  const inOrder = <T extends { id: string }>(all: Map<string, T>) =>
    [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  // One that is there already is as young as a new one: `purgePlaces` leaves it to the event that is about to be there.
  if (places.size > 0)
    await db
      .insert(schema.places)
      .values(inOrder(places))
      .onConflictDoUpdate({ target: schema.places.id, set: { createdAt: sql`now()` } });
  if (towns.size > 0)
    await db
      .insert(schema.towns)
      .values(inOrder(towns))
      .onConflictDoUpdate({ target: schema.towns.id, set: { weight: sql`${schema.towns.weight} + excluded.weight` } });
  return rows;
}

/** The row of one place as written: equal words and coordinates are one row. */
export const placeFor = async (db: Db, input: PlaceInput): Promise<PlaceRow> => (await placesFor(db, [input]))[0]!;

/**
 * Erases places where no event is any more, somebody's home among them perhaps, an hour after they were last written; five
 * hundred at a time. By `events_place`.
 */
export async function purgePlaces(db: Db): Promise<void> {
  const { events, places } = schema;
  const old = lt(places.createdAt, sql`now() - interval '1 hour'`);
  const there = db.select({ id: events.id }).from(events).where(eq(events.placeId, places.id));
  const unused = db
    .select({ id: places.id })
    .from(places)
    .where(and(old, notExists(there)))
    .limit(500);
  // The age is asked again of a row that somebody was writing meanwhile.
  await db.delete(places).where(and(old, inArray(places.id, unused)));
}
