import ICAL from "ical.js";
import { instantOf, zoneName } from "#lib/time.ts";
import { windowsZones } from "./windows-zones.ts";

/** The IANA zone that a TZID names: itself, at the end of a path, a Windows name, or a whole-hour offset. Null: none. */
export function namedZone(tzid: string): string | null {
  const name = tzid.trim().replace(/^"|"$/g, "");
  const path = /([A-Za-z_]+\/[A-Za-z0-9_+-]+(?:\/[A-Za-z_-]+)?)$/.exec(name)?.[1];
  const [, sign, hours] = /^(?:UTC|GMT)?([+-])0?(\d{1,2})(?::?00)?$/.exec(name) ?? [];
  const fixed = sign ? `Etc/GMT${sign === "+" ? "-" : "+"}${Number(hours)}` : null;
  return windowsZones[name] ?? zoneName(fixed) ?? zoneName(name) ?? zoneName(path);
}

/** Only what real zones need: yearly rules. A rule by the second would keep the library busy for hours. */
const harmless = (line: string) =>
  !/^(RRULE|EXRULE)/i.test(line) ||
  (/FREQ=YEARLY/i.test(line) && !/BY(SECOND|MINUTE|HOUR|SETPOS|YEARDAY|WEEKNO)/i.test(line));

/** Seconds east of UTC that a VTIMEZONE, given as its lines, gives a wall clock. Null: it cannot be read. */
export function zoneOffsets(lines: string[]): ((wall: string) => number) | null {
  const body = lines.filter((line) => !/^(BEGIN|END):VTIMEZONE/i.test(line));
  if (body.length > 400 || !body.every(harmless)) return null;
  try {
    const component = new ICAL.Component(
      ICAL.parse(["BEGIN:VTIMEZONE", ...body, "END:VTIMEZONE"].join("\r\n")) as never,
    );
    const observances = component.getAllSubcomponents();
    if (observances.length === 0 || !observances.every((one) => one.getFirstPropertyValue("tzoffsetto"))) return null;
    const zone = new ICAL.Timezone({ component, tzid: "private" });
    return (wall) => zone.utcOffset(ICAL.Time.fromDateTimeString(wall));
  } catch {
    return null;
  }
}

let candidates: string[] | undefined;

/** An IANA zone whose clocks run like `offset` on every day of a year, well-known ones first. Null: there is none. */
export function matchingZone(offset: (wall: string) => number, year: number): string | null {
  candidates ??= [...new Set([...Object.values(windowsZones), ...Intl.supportedValuesOf("timeZone")])];
  const noon = (day: number) => `${new Date(Date.UTC(year, 0, day)).toISOString().slice(0, 10)}T12:00:00`;
  // Midwinter and midsummer tell most zones apart, so that few are compared day by day.
  const days = [15, 195, ...Array.from({ length: 365 }, (_, index) => index + 1)];
  const expected = days.map((day) => ({ wall: noon(day), at: Date.parse(`${noon(day)}Z`) - offset(noon(day)) * 1000 }));
  const same = (zone: string) => expected.every(({ wall, at }) => instantOf(wall, zone).getTime() === at);
  return candidates.find(same) ?? null;
}
