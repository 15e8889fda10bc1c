import type { Db } from "#db/client.ts";
import { findTown, type Town } from "#lib/place/queries.ts";
import { zoneAt } from "#lib/place/zone.ts";
import type { Search } from "./input.ts";
import type { Criteria } from "./queries.ts";
import { windowOf } from "./window.ts";

type SettledSearch = {
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

/** What can be done without, what is wrong most often first. */
const optional = ["q", "near", "when", "category", "tag", "language", "mode", "status"] as const;
type Optional = (typeof optional)[number];
export type Loosening = Optional | "radius";

/** Another search that might find something: what it does without, or a wider `radius`. */
type Looser = { name: string; drops: Loosening[]; criteria: Criteria; radius?: number };

function without(criteria: Criteria, name: Optional, now: Date): Criteria {
  if (name === "when") return { ...criteria, window: { from: now, to: null, kind: "coming" } };
  return { ...criteria, [name]: name === "near" ? null : undefined };
}

/** What a search without results could do without, one filter at a time, then two of three or more, and what it would be then. */
export function loosened(search: Search, criteria: Criteria, now: Date): Looser[] {
  const { near } = criteria;
  const dated = search.when || search.from || search.to;
  const given = optional.filter((name) => (name === "when" ? dated : criteria[name]));
  const pairs = given.flatMap((one, at) => given.slice(at + 1).map((two) => [one, two]));
  const found: Looser[] = [];
  if (near && near.radius < 500) {
    const radius = wider(near.radius);
    found.push({ name: "radius", drops: ["radius"], radius, criteria: { ...criteria, near: { ...near, radius } } });
  }
  for (const drops of [...given.map((name) => [name]), ...(given.length > 2 ? pairs : [])])
    found.push({
      name: drops.join(" "),
      drops,
      criteria: drops.reduce((left, name) => without(left, name, now), criteria),
    });
  return found;
}
