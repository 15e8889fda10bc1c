import { type CalendarEntry, type CalendarTime, EntryFault } from "#lib/formats/icalendar-entry.ts";
import { instantAfter } from "#lib/formats/icalendar-time.ts";
import { contentId } from "#lib/ids.ts";
import type { PlaceInput } from "#lib/place/input.ts";
import { readLocation } from "#lib/place/location.ts";
import { zoneAt } from "#lib/place/zone.ts";
import { Refusal } from "#lib/refusal.ts";
import { addDays, dayOf, instantOf, type TypedTime, wallOf } from "#lib/time.ts";
import { webUrl } from "#lib/urls.ts";
import { categories } from "../categories.ts";
import { type EventInput, mostExceptions } from "../input.ts";
import { timeColumns } from "../when.ts";

/** An entry as an event of ours; `image` is where its picture lies, recorded and not fetched. */
export type ImportedEvent = {
  entry: CalendarEntry;
  uid: string;
  input: Required<Omit<EventInput, "coverId" | "facts" | "questions" | "tone" | Kept>> & { uid: string };
  image: string | null;
};
/** What a file does not speak of, and an organiser may have set here. */
type Kept =
  | "placeDisclosure"
  | "onlineDisclosure"
  | "visibility"
  | "joinMode"
  | "externalParticipationUrl"
  | "maximumAttendeeCapacity"
  | "maximumGuests"
  | "waitingList"
  | "nameRequired"
  | "showCount"
  | "comments";

/** Where times without a zone are: X-WR-TIMEZONE of the file, and the instance's own. */
export type Zones = { calendar: string | null; instance: string };

const online = /\b(online|virtual|webinar|web ?cast|live ?stream|en ligne|visioconf[ée]rence|remote event)\b/i;
const both = /\b(online attendance|attend online|join online|hybrid|hybride|sur place et en ligne)\b/i;

const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);

/** A time as wall clock of `zone`; one that a clock change skips is moved past it (RFC 5545 3.3.5). */
function wallIn(time: CalendarTime, zone: string): { wall: string; fold: 0 | 1 } {
  if (time.kind === "date") return { wall: time.wall, fold: 0 };
  return wallOf(instantOf(time.wall, time.zone ?? zone), zone);
}

function typedTime({ start, end, duration, geo }: CalendarEntry, zones: Zones): Required<TypedTime> {
  const fallback = zones.calendar ?? zones.instance;
  const here = geo ? zoneAt(geo.latitude, geo.longitude, fallback) : fallback;
  const timezone = start.kind === "zoned" ? start.zone! : here;
  const from = wallIn(start, timezone);
  const allDay = start.kind === "date";
  const to = duration ? afterDuration(from.wall, timezone, duration, allDay) : end && wallIn(end, timezone);
  const lasts = to && (allDay || to.wall !== from.wall || to.fold !== from.fold) ? to : null;
  return {
    timezone,
    allDay,
    startWall: from.wall,
    startFold: from.fold,
    endWall: lasts?.wall ?? null,
    endFold: lasts?.fold ?? 0,
  };
}

/** Where a duration leads; of whole days, it ends at the midnight after the last one. */
function afterDuration(wall: string, zone: string, duration: string, allDay: boolean): { wall: string; fold: 0 | 1 } {
  if (!allDay) return wallOf(instantAfter(wall, zone, duration), zone);
  const free = dayOf(instantAfter(wall, "UTC", duration), "UTC");
  return { wall: `${free > wall.slice(0, 10) ? addDays(free, -1) : free}T00:00:00`, fold: 0 };
}

function whereOf({ location, geo, conference, name, content, categories: tags }: CalendarEntry) {
  const address = webUrl(location);
  const words = address || online.test(location) ? "" : location;
  const place: PlaceInput | null = words || geo ? { ...readLocation(words), ...geo } : null;
  const onlineUrl = conference ?? address;
  const remote = onlineUrl || online.test(location) || (!place && online.test([name, content, ...tags].join(" ")));
  const attendanceMode = !place && remote ? "online" : place && (onlineUrl || both.test(content)) ? "mixed" : "offline";
  return { place, onlineUrl, attendanceMode } as const;
}

/** The first category that is one of the thirty, however it is spelt. */
function categoryOf(words: string[]): string {
  const plain = words.map((word) => word.toUpperCase().replace(/[^A-Z]+/g, "_"));
  return categories.find((category) => plain.includes(category)) ?? "MEETING";
}

/**
 * An entry as an event. Zone: TZID, else that of GEO, else the file's, else the instance's.
 * @throws EntryFault end-before-start
 */
export function importedEvent(entry: CalendarEntry, zones: Zones): ImportedEvent {
  const typed = typedTime(entry, zones);
  try {
    timeColumns(typed);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new EntryFault(entry.line, "end-before-start", entry.name);
  }
  // An exception to a rule is an event of its own here; the organiser's UID stays that of the rule.
  const uid = entry.recurrenceId
    ? `${entry.uid.slice(0, 160)}#${contentId("occurrence", entry.uid, wallIn(entry.recurrenceId, "UTC").wall)}`
    : entry.uid;
  const left = new Set(entry.exceptions.map((time) => wallIn(time, typed.timezone).wall.slice(0, 10)));
  // A rule that we cannot keep whole is not kept: it would lead to days on which nothing is.
  const ruled = entry.rule && entry.rule.length <= 500 && left.size <= mostExceptions;
  const tags = [...new Set(entry.categories.map((tag) => cut(tag.replace(/^#/, "").trim(), 50)).filter(Boolean))];
  return {
    entry,
    uid,
    image: entry.images[0] ?? null,
    input: {
      ...typed,
      ...whereOf(entry),
      uid,
      state: "published",
      status: entry.status,
      sequence: entry.sequence ?? 0,
      name: cut(entry.name, 200),
      content: cut(entry.content, 64_000),
      mediaType: "text/plain",
      language: /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(entry.language ?? "") ? entry.language!.slice(0, 35) : "und",
      category: categoryOf(tags),
      tags: tags.slice(0, 30),
      url: entry.url,
      contact: cut(entry.organizer, 300),
      recurrenceRule: ruled ? entry.rule : null,
      exceptionDates: ruled ? [...left].sort() : [],
    },
  };
}
