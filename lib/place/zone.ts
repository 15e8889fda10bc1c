import lookup from "@photostructure/tz-lookup";
import { zoneName } from "#lib/time.ts";

/** The IANA zone at a point (degrees), or the fallback where the map knows none. */
export function zoneAt(latitude: number, longitude: number, fallback: string): string {
  return zoneName(lookup(latitude, longitude)) ?? fallback;
}
