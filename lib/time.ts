import { Temporal } from "temporal-polyfill";

/** A wall clock without zone: `2026-12-05T19:00:00`. */
export type Wall = string;

/** The IANA spelling of a zone's name that can be computed with, or null. Offsets such as `+02:00` are no zones. */
export function zoneName(value: unknown): string | null {
  if (typeof value !== "string" || value.length > 64 || !/^[A-Za-z]/.test(value)) return null;
  try {
    const known = new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone;
    // Only the spelling: the platform would also call Kolkata by its older name.
    return known === "UTC" ? known : Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(value).timeZoneId;
  } catch {
    return null;
  }
}

/** Parses `2026-12-05T19:00[:00]` or `2026-12-05`; null when it is no date of the years 1970 to 2200. */
export function parseWall(value: string): Wall | null {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$/.test(value)) return null;
  try {
    const wall = Temporal.PlainDateTime.from(value, { overflow: "reject" });
    return wall.year >= 1970 && wall.year <= 2200 ? wall.toString({ smallestUnit: "second" }) : null;
  } catch {
    return null;
  }
}

/** How often a wall clock happens in its zone: 0 in a spring gap, 2 in an autumn fold, else 1. */
export function occurrences(wall: Wall, zone: string): 0 | 1 | 2 {
  const plain = Temporal.PlainDateTime.from(wall);
  const earlier = plain.toZonedDateTime(zone, { disambiguation: "earlier" });
  const later = plain.toZonedDateTime(zone, { disambiguation: "later" });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return 1;
  return earlier.toPlainDateTime().equals(plain) ? 2 : 0;
}

/** The instant of a wall clock; `fold` 1 is the second of two. In a gap: moved forward by the gap's length. */
export function instantOf(wall: Wall, zone: string, fold = 0): Date {
  const plain = Temporal.PlainDateTime.from(wall);
  const folded = fold === 1 && occurrences(wall, zone) === 2;
  return new Date(plain.toZonedDateTime(zone, { disambiguation: folded ? "later" : "compatible" }).epochMilliseconds);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of an instant in a zone. By a format kept for each zone: a list asks ten times an event. */
export function wallAt(instant: Date, zone: string): Wall {
  let clock = clocks.get(zone);
  if (!clock) {
    const two = "2-digit" as const;
    // Swedish writes dates as ISO 8601 does.
    clock = new Intl.DateTimeFormat("sv-SE-u-ca-iso8601-nu-latn", {
      timeZone: zone,
      hourCycle: "h23",
      ...{ year: "numeric", month: two, day: two, hour: two, minute: two, second: two },
    });
    if (clocks.size > 1_000) clocks.clear();
    clocks.set(zone, clock);
  }
  return clock.format(instant).replace(" ", "T");
}

/** The same, and which of two equal wall clocks it is. */
export function wallOf(instant: Date, zone: string): { wall: Wall; fold: 0 | 1 } {
  const wall = wallAt(instant, zone);
  const first = instantOf(wall, zone, 0);
  return { wall, fold: Math.floor(first.getTime() / 1000) === Math.floor(instant.getTime() / 1000) ? 0 : 1 };
}

/** The day (`2026-12-05`) of an instant in a zone. */
export const dayOf = (instant: Date, zone: string): string => wallAt(instant, zone).slice(0, 10);

/** A day moved by whole days; refuses a day that there is not. By `Date`: a calendar of a thousand whole days asks a thousand times. */
export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  if (at.toISOString().slice(0, 10) !== day) throw new RangeError(`${day} is no day`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** 1 = Monday … 7 = Sunday. */
export const weekday = (day: string): number => Temporal.PlainDate.from(day).dayOfWeek;

/** A wall clock with the zone's numeric offset: `2026-12-05T19:00:00+01:00`, never `Z`. */
export function withOffset(instant: Date, zone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
  return zoned.toString({ timeZoneName: "never", smallestUnit: "second" });
}

/** Version of the zone rules that this process computes with. */
export const tzdata = (): string => process.versions.tz ?? "unknown";

/** What of an event's time is typed: the wall clocks, the zone, and which of two equal ones in an autumn change. */
export type TypedTime = {
  startWall: Wall;
  endWall: Wall | null;
  timezone: string;
  allDay: boolean;
  startFold?: number;
  endFold?: number;
};

/**
 * The instants that follow from what was typed. All day: from 00:00 of the first day to 24:00 of the last (`endWall` is
 * a moment of the last day). Without an end: two hours.
 */
export function instantsOf({ startWall, endWall, timezone, allDay, startFold = 0, endFold = 0 }: TypedTime): {
  startTime: Date;
  endTime: Date;
} {
  if (allDay) {
    const first = startWall.slice(0, 10);
    const last = (endWall ?? startWall).slice(0, 10);
    return {
      startTime: instantOf(`${first}T00:00:00`, timezone),
      endTime: instantOf(`${addDays(last, 1)}T00:00:00`, timezone),
    };
  }
  const startTime = instantOf(startWall, timezone, startFold);
  return {
    startTime,
    endTime: endWall ? instantOf(endWall, timezone, endFold) : new Date(startTime.getTime() + 2 * 3_600_000),
  };
}
