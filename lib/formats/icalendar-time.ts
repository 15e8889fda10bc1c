import { Temporal } from "temporal-polyfill";
import { parseWall } from "#lib/time.ts";
import { type CalendarTime, EntryFault } from "./icalendar-entry.ts";
import type { CalendarBlocks } from "./icalendar-lines.ts";
import type { Property } from "./icalendar-property.ts";
import { matchingZone, namedZone, zoneOffsets } from "./icalendar-zones.ts";

/** What a TZID means in its file: an IANA zone, or the seconds east of UTC of a VTIMEZONE that is like no zone we know. */
export type ZoneOf = (tzid: string, wall: string) => { zone: string } | { offset: number } | null;

/** The meaning of the TZIDs of one VCALENDAR; a VTIMEZONE is read only where its name says nothing. */
export function zonesOf(zones: CalendarBlocks["zones"], calendar: number): ZoneOf {
  const readers = new Map<string, ReturnType<typeof zoneOffsets>>();
  const found = new Map<string, string | null>();
  return (tzid, wall) => {
    const named = namedZone(tzid);
    if (named) return { zone: named };
    const block = zones.find((zone) => zone.tzid === tzid && zone.calendar === calendar);
    if (!block) return null;
    if (!readers.has(tzid)) readers.set(tzid, zoneOffsets(block.lines));
    const offset = readers.get(tzid);
    if (!offset) return null;
    const year = Number(wall.slice(0, 4));
    const key = `${tzid} ${year}`;
    if (!found.has(key)) found.set(key, matchingZone(offset, year));
    const zone = found.get(key);
    return zone ? { zone } : { offset: offset(wall) };
  };
}

/** A DATE or DATE-TIME value (RFC 5545 3.3.4, 3.3.5). @throws EntryFault date-invalid, zone-unknown */
export function readTime({ line, parameters, raw }: Property, zoneOf: ZoneOf): CalendarTime {
  const [, year, month, day, hour, minute, second = "00", utc] =
    /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2}):?(\d{2})?(Z)?)?$/i.exec(raw) ?? [];
  const date = hour === undefined || parameters.value?.toUpperCase() === "DATE";
  // 60 is a leap second (RFC 5545 3.3.12): nobody's clock shows it.
  const clock = date ? "00:00:00" : `${hour}:${minute}:${second === "60" ? "59" : second}`;
  const wall = year ? parseWall(`${year}-${month}-${day}T${clock}`) : null;
  if (!wall) throw new EntryFault(line, "date-invalid", raw);
  if (date) return { kind: "date", wall, zone: null };
  if (utc) return { kind: "utc", wall, zone: "UTC" };
  const tzid = parameters.tzid;
  if (!tzid) return { kind: "floating", wall, zone: null };
  const meant = zoneOf(tzid, wall);
  if (!meant) throw new EntryFault(line, "zone-unknown", tzid);
  if ("zone" in meant) return { kind: "zoned", wall, zone: meant.zone };
  const instant = new Date(Date.parse(`${wall}Z`) - meant.offset * 1000);
  return { kind: "utc", wall: instant.toISOString().slice(0, 19), zone: "UTC" };
}

/** Whether a DURATION (RFC 5545 3.3.6) can be used: not negative, without years and months, at most ten years. */
export function isDuration(raw: string): boolean {
  try {
    const { sign, years, months, weeks, days } = Temporal.Duration.from(raw);
    return sign >= 0 && years === 0 && months === 0 && days + weeks * 7 <= 3660;
  } catch {
    return false;
  }
}

/** The instant a duration after a wall clock: days are nominal, hours exact, as RFC 5545 3.3.6 asks across clock changes. */
export const instantAfter = (wall: string, zone: string, duration: string): Date =>
  new Date(
    Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).add(Temporal.Duration.from(duration)).epochMilliseconds,
  );
