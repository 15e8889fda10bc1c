import { contentId } from "#lib/ids.ts";
import { addDays } from "#lib/time.ts";
import { webUrl } from "#lib/urls.ts";
import {
  type Calendar,
  type CalendarEntry,
  type CalendarFault,
  type CalendarTime,
  EntryFault,
} from "./icalendar-entry.ts";
import { calendarText, type EventBlock, splitCalendar } from "./icalendar-lines.ts";
import { cleanLine, type Property, readProperty } from "./icalendar-property.ts";
import { isDuration, readTime, type ZoneOf, zonesOf } from "./icalendar-time.ts";
import { namedZone } from "./icalendar-zones.ts";

function readGeo(raw: string | undefined): CalendarEntry["geo"] {
  const [, lat, lon] = /^([+-]?\d{1,3}(?:\.\d+)?)[;,]\s*([+-]?\d{1,3}(?:\.\d+)?)$/.exec(raw ?? "") ?? [];
  const [latitude, longitude] = [Number(lat), Number(lon)];
  // 0;0 lies in the Atlantic: it is what programs write when they do not know.
  if (lat === undefined || Math.abs(latitude) > 90 || Math.abs(longitude) > 180 || (!latitude && !longitude))
    return null;
  return { latitude, longitude };
}

const statuses: Record<string, CalendarEntry["status"]> = { TENTATIVE: "tentative", CANCELLED: "cancelled" };

const isPicture = ({ name, parameters, raw }: Property) =>
  name === "IMAGE" || /^image\//i.test(parameters.fmttype ?? "") || /\.(jpe?g|png|webp|avif|gif)($|\?)/i.test(raw);

/** DTEND of whole days is the first day that is free again; some programs write the last one. */
function readEnd(dtend: Property | undefined, start: CalendarTime, zoneOf: ZoneOf): CalendarTime | null {
  const end = dtend ? readTime(dtend, zoneOf) : null;
  if (!end || start.kind !== "date") return end;
  const [first, free] = [start.wall.slice(0, 10), end.wall.slice(0, 10)];
  if (free < first) throw new EntryFault(dtend!.line, "end-before-start", dtend!.raw);
  return { ...start, wall: `${free > first ? addDays(free, -1) : first}T00:00:00` };
}

function readEntry(block: EventBlock, zoneOf: ZoneOf, method: string | null): CalendarEntry {
  const { line } = block;
  const properties = block.lines.flatMap((content) => readProperty(content) ?? []);
  const all = (name: string) => properties.filter((property) => property.name === name);
  const first = (name: string) => all(name)[0];
  const text = (name: string) => first(name)?.texts[0] ?? "";
  const name = text("SUMMARY").replace(/\s+/g, " ");
  if (!block.ended) throw new EntryFault(line, "unended", name);
  if (/^(PRIVATE|CONFIDENTIAL)$/i.test(first("CLASS")?.raw ?? "")) throw new EntryFault(line, "private", name);
  if (!name) throw new EntryFault(line, "name-missing", text("UID"));
  const [dtstart, duration] = [first("DTSTART"), first("DURATION")];
  if (!dtstart) throw new EntryFault(line, "start-missing", name);

  const start = readTime(dtstart, zoneOf);
  const end = readEnd(first("DTEND"), start, zoneOf);
  if (duration && !end && !isDuration(duration.raw)) throw new EntryFault(duration.line, "date-invalid", duration.raw);

  const words = properties
    .filter((property) => property.name !== "LAST-MODIFIED")
    .map((property) => JSON.stringify([property.name, property.parameters, property.raw]));
  const link = (property: Property) => webUrl(property.raw);
  const conferences = ["CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL"].flatMap(all);
  const organizer = cleanLine(first("ORGANIZER")?.parameters.cn ?? "");
  const sequence = /^\d{1,9}$/.exec(first("SEQUENCE")?.raw ?? "");
  return {
    line,
    uid: text("UID").slice(0, 200) || contentId("entry", name, dtstart.raw),
    recurrenceId: first("RECURRENCE-ID") ? readTime(first("RECURRENCE-ID")!, zoneOf) : null,
    sequence: sequence ? Number(sequence[0]) : null,
    modified: first("LAST-MODIFIED")?.raw ?? null,
    fingerprint: contentId("entry", method === "CANCEL" ? "cancel" : "", ...words.sort()),
    name,
    language: first("SUMMARY")?.parameters.language ?? null,
    content: text("DESCRIPTION"),
    start,
    end,
    duration: end ? null : (duration?.raw ?? null),
    status: method === "CANCEL" ? "cancelled" : (statuses[first("STATUS")?.raw.toUpperCase() ?? ""] ?? "confirmed"),
    location: text("LOCATION").replace(/\s+/g, " "),
    geo: readGeo(first("GEO")?.raw),
    url: all("URL").map(link)[0] ?? null,
    conference: conferences.map(link).find(Boolean) ?? null,
    categories: all("CATEGORIES").flatMap(({ texts }) => texts.filter(Boolean)),
    organizer: organizer.includes("@") ? "" : organizer,
    images: [...all("IMAGE"), ...all("ATTACH")].filter(isPicture).flatMap((property) => link(property) ?? []),
    rule: first("RRULE")?.raw ?? null,
    exceptions: all("EXDATE").flatMap((property) =>
      property.raw.split(",").map((raw) => readTime({ ...property, raw }, zoneOf)),
    ),
  };
}

const newer = (a: CalendarEntry, b: CalendarEntry) =>
  (a.sequence ?? 0) - (b.sequence ?? 0) || (a.modified ?? "").localeCompare(b.modified ?? "") || a.line - b.line;

/** Of entries with one UID (and RECURRENCE-ID) the newest stays: by SEQUENCE, LAST-MODIFIED, place in the file. */
function withoutDoubles(read: CalendarEntry[]): Pick<Calendar, "entries" | "faults"> {
  const best = new Map<string, CalendarEntry>();
  const faults: CalendarFault[] = [];
  for (const entry of read) {
    const key = JSON.stringify([entry.uid, entry.recurrenceId]);
    const other = best.get(key);
    const [kept, dropped] = other && newer(other, entry) > 0 ? [other, entry] : [entry, other];
    best.set(key, kept);
    if (dropped) faults.push(new EntryFault(dropped.line, "duplicate", dropped.name).fault);
  }
  return { entries: [...best.values()], faults };
}

/**
 * Reads an iCalendar file (RFC 5545) into entries; an entry that cannot be read is a fault with its line, the rest stand.
 * @throws CalendarRefused when the file as a whole is no calendar, breaks off, or is beyond reason.
 */
export function readCalendar(bytes: Uint8Array): Calendar {
  const { calendars, events, zones } = splitCalendar(calendarText(bytes));
  const zoneReaders = calendars.map((_, index) => zonesOf(zones, index));
  const read: CalendarEntry[] = [];
  const faults: CalendarFault[] = [];
  for (const block of events) {
    const method = calendars[block.calendar]?.method?.toUpperCase() ?? null;
    try {
      read.push(readEntry(block, zoneReaders[block.calendar]!, method));
    } catch (error) {
      if (!(error instanceof EntryFault)) throw error;
      faults.push(error.fault);
    }
  }
  const unique = withoutDoubles(read);
  return {
    entries: unique.entries,
    faults: [...faults, ...unique.faults].sort((a, b) => a.line - b.line),
    timezone: calendars.map(({ timezone }) => (timezone ? namedZone(timezone) : null)).find(Boolean) ?? null,
  };
}
