import type { Db } from "#db/client.ts";
import { findTown, type Town } from "#lib/place/queries.ts";
import { zoneAt } from "#lib/place/zone.ts";
import type { Search } from "./input.ts";
import type { Criteria } from "./queries.ts";
import { windowOf } from "./window.ts";

export type SettledSearch = {
  criteria: Criteria;
  /** The zone that "today" and dates were read in: the place's, else the server's. */
  zone: string;
  /** Where is searched, by name; null for coordinates or everywhere. */
  town: Town | null;
  /** A town that nobody here knows: nothing can be near it. */
  unknown: { words: string; suggestions: Town[] } | null;
};

/** Settles where and when a search looks, once: a town costs one query, coordinates and nothing cost none. */
export async function settleSearch(db: Db, search: Search, fallbackZone: string, now: Date): Promise<SettledSearch> {
  const { near, radius, when, from, to, ...rest } = search;
  let town: Town | null = null;
  let unknown: SettledSearch["unknown"] = null;
  let point = near && "latitude" in near ? near : null;
  if (near && "town" in near) {
    const found = await findTown(db, near.town);
    town = found.town;
    point = found.town;
    if (!found.town) unknown = { words: near.town, suggestions: found.suggestions };
  }
  const zone = point ? zoneAt(point.latitude, point.longitude, fallbackZone) : fallbackZone;
  const criteria: Criteria = {
    ...rest,
    near: point && { latitude: point.latitude, longitude: point.longitude, radius },
    window: windowOf({ when, from, to }, zone, now),
  };
  return { criteria, zone, town, unknown };
}

const wider = (radius: number): number => (radius < 50 ? 50 : radius < 100 ? 100 : 500);

export type Loosening = "q" | "radius" | "near" | "when" | "category" | "tag" | "language" | "mode" | "status";

/** What a search without results could do without, one filter at a time, and what it would be then. */
export function loosened(
  search: Search,
  criteria: Criteria,
  now: Date,
): { name: Loosening; criteria: Criteria; radius?: number }[] {
  const { near } = criteria;
  const found: { name: Loosening; criteria: Criteria; radius?: number }[] = [];
  if (near && near.radius < 500) {
    const radius = wider(near.radius);
    found.push({ name: "radius", radius, criteria: { ...criteria, near: { ...near, radius } } });
  }
  if (near) found.push({ name: "near", criteria: { ...criteria, near: null } });
  if (search.when || search.from || search.to)
    found.push({ name: "when", criteria: { ...criteria, window: { from: now, to: null, kind: "coming" } } });
  for (const name of ["q", "category", "tag", "language", "mode", "status"] as const)
    if (criteria[name]) found.push({ name, criteria: { ...criteria, [name]: undefined } });
  return found;
}
