import ICAL from "ical.js";
import { tzlib_get_ical_block, tzlib_get_timezones } from "timezones-ical-library";
import { addDays, instantOf } from "#lib/time.ts";

/** What a calendar entry is made of. Texts are plain; `url` is absolute; `location` one line, null when kept back. */
export type CalendarEvent = {
  uid: string;
  sequence: number;
  name: string;
  text: string;
  url: string;
  startTime: Date;
  endTime: Date;
  /** Wall clocks in `timezone`, as typed. No end was given: null, and the entry has none. */
  startWall: string;
  endWall: string | null;
  allDay: boolean;
  timezone: string;
  status: string;
  location: string | null;
  latitude: number | null;
  longitude: number | null;
  tags: string[];
  organizer: { name: string; url: string };
  recurrenceRule: string | null;
  /** Days of the rule, in `timezone`, on which it is not. */
  exceptionDates: string[];
  createdAt: Date;
  updatedAt: Date;
};

export type CalendarOptions = {
  /** PUBLISH for whatever is on, CANCEL for what was called off, removed or left (RFC 5546 3.2.1, 3.2.5). */
  method?: "PUBLISH" | "CANCEL";
  /** Feeds have a name and are asked for again every hour. */
  name?: string;
  /** DTSTAMP; without one each entry's own last change, so that an unchanged feed has unchanged bytes. */
  stamp?: Date;
};

// Its count leaves out the space that a folded line begins with; the limit of 75 octets (RFC 5545 3.1) does not.
ICAL.foldLength = 74;

/** Which zones a calendar tells of is seen before its entries are made. */
type Timed = Pick<CalendarEvent, "allDay" | "timezone">;
type Property = [string, Record<string, string>, string, ...unknown[]];

/** jCal (RFC 7265) as folded text. */
const write = (jcal: unknown[]) => ICAL.stringify.component(jcal, ICAL.design.icalendar);

const utc = (instant: Date) => `${instant.toISOString().slice(0, 19)}Z`;
const clean = (text: string) =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cc}\u2028\u2029]/gu, (char) => (char === "\n" || char === "\t" ? char : ""));

type Zone = { tzid: string; block: string; since: number; rules: ICAL.Timezone | null };
const zones = new Map<string, Zone | null>();
const zoneNames = new Set(tzlib_get_timezones() as string[]);
/** The year in which the rules of every block begin. All of them repeat each year, without an end. */
const beginning = 1970;

/** The VTIMEZONE of an IANA zone, made once; null when none is known. */
function zoneOf(name: string): Zone | null {
  if (!zones.has(name)) {
    const [block] = zoneNames.has(name) ? (tzlib_get_ical_block(name) as string[]) : [];
    const tzid = block && /^TZID:(\S+)/m.exec(block)?.[1];
    zones.set(name, tzid ? { tzid, block, since: Number.POSITIVE_INFINITY, rules: null } : null);
  }
  return zones.get(name)!;
}

/** The rules of a zone, begun the year before this one: their reader counts each change of the clocks since they begin. */
function rulesFor(zone: Zone, year: number): ICAL.Timezone {
  if (zone.rules && (year > zone.since || zone.since === beginning)) return zone.rules;
  zone.since = Math.max(year - 1, beginning);
  const block = zone.block.replaceAll(`DTSTART:${beginning}`, `DTSTART:${zone.since}`);
  zone.rules = new ICAL.Timezone({ component: new ICAL.Component(ICAL.parse(block)), tzid: zone.tzid });
  return zone.rules;
}

/** Whether the VTIMEZONE names this instant by this wall clock. Some simplify: Morocco's Ramadan is not a yearly rule. */
function tells(zone: Zone, wall: string, instant: Date): boolean {
  const time = ICAL.Time.fromDateTimeString(wall);
  return (
    Date.parse(`${wall}Z`) - rulesFor(zone, time.year).utcOffset(time) * 1000 ===
    Math.floor(instant.getTime() / 1000) * 1000
  );
}

/** A moment as wall clock with TZID where the zone's VTIMEZONE tells the same instant, else in UTC. */
function moment(name: string, typed: string, instant: Date, timezone: string): Property {
  const zone = timezone === "UTC" ? null : zoneOf(timezone);
  const wall = typed.replace(" ", "T");
  if (zone && tells(zone, wall, instant)) return [name, { tzid: zone.tzid }, "date-time", wall];
  return [name, {}, "date-time", utc(instant)];
}

const statuses: Record<string, string> = { tentative: "TENTATIVE", confirmed: "CONFIRMED", cancelled: "CANCELLED" };

function rule(text: string | null): Property[] {
  if (!text || !/(^|;)FREQ=[A-Z]/i.test(text)) return [];
  try {
    const recur = ICAL.Recur.fromString(text);
    return recur.freq ? [["rrule", {}, "recur", recur.toJSON()]] : [];
  } catch {
    return [];
  }
}

/** The starts that the rule leaves out (EXDATE): at the hour of the first one, on each of the days. */
function exceptions({ exceptionDates, allDay, startWall, timezone }: CalendarEvent): Property[] {
  if (allDay) return exceptionDates.map((day) => ["exdate", {}, "date", day]);
  return exceptionDates.map((day) => {
    const wall = `${day}T${startWall.slice(11)}`;
    return moment("exdate", wall, instantOf(wall, timezone), timezone);
  });
}

/** The VEVENT in jCal (RFC 7265). */
function toVEvent(event: CalendarEvent, { method, stamp }: CalendarOptions): Property[] {
  const properties: Property[] = [
    ["uid", {}, "text", clean(event.uid)],
    ["dtstamp", {}, "date-time", utc(stamp ?? event.updatedAt)],
    ["sequence", {}, "integer", event.sequence],
  ];
  if (event.allDay) {
    properties.push(["dtstart", {}, "date", event.startWall.slice(0, 10)]);
    properties.push(["dtend", {}, "date", addDays((event.endWall ?? event.startWall).slice(0, 10), 1)]);
  } else {
    properties.push(moment("dtstart", event.startWall, event.startTime, event.timezone));
    if (event.endWall !== null) properties.push(moment("dtend", event.endWall, event.endTime, event.timezone));
  }
  const repeats = rule(event.recurrenceRule);
  properties.push(...repeats, ...(repeats.length > 0 ? exceptions(event) : []));
  properties.push(["summary", {}, "text", clean(event.name)]);
  properties.push(["status", {}, "text", method === "CANCEL" ? "CANCELLED" : (statuses[event.status] ?? "CONFIRMED")]);
  if (event.text) properties.push(["description", {}, "text", clean(event.text)]);
  properties.push(["url", {}, "uri", event.url]);
  if (event.location) properties.push(["location", {}, "text", clean(event.location)]);
  if (event.latitude !== null && event.longitude !== null)
    properties.push(["geo", {}, "float", [event.latitude, event.longitude]]);
  if (event.tags.length > 0) properties.push(["categories", {}, "text", ...event.tags.map(clean)]);
  const cn = clean(event.organizer.name).replace(/[\n"]/g, " ");
  properties.push(["organizer", cn ? { cn } : {}, "cal-address", event.organizer.url]);
  properties.push(["created", {}, "date-time", utc(event.createdAt)]);
  properties.push(["last-modified", {}, "date-time", utc(event.updatedAt)]);
  return properties;
}

function head(events: Timed[], { method = "PUBLISH", name }: CalendarOptions): string {
  const properties: Property[] = [
    ["version", {}, "text", "2.0"],
    ["prodid", {}, "text", "-//Parvis//Parvis//EN"],
    ["calscale", {}, "text", "GREGORIAN"],
    ["method", {}, "text", method],
  ];
  if (name) {
    properties.push(
      ["name", {}, "text", clean(name)],
      ["x-wr-calname", {}, "unknown", clean(name).replace(/[\n\\;,]/g, " ")],
    );
    properties.push(["refresh-interval", {}, "duration", "PT1H"], ["x-published-ttl", {}, "unknown", "PT1H"]);
  }
  const lines = write(["vcalendar", properties, []]).split("\r\n");
  const used = new Set(events.filter(({ allDay }) => !allDay).map(({ timezone }) => timezone));
  const blocks = [...used].flatMap((zone) => (zone === "UTC" ? [] : (zoneOf(zone)?.block ?? [])));
  return `${[...lines.slice(0, -1), ...new Set(blocks)].join("\r\n")}\r\n`;
}

const entry = (event: CalendarEvent, options: CalendarOptions) =>
  `${write(["vevent", toVEvent(event, options), []])}\r\n`;

const tail = "END:VCALENDAR\r\n";

/** An iCalendar object (RFC 5545) of these events: wall clocks with VTIMEZONE, stable UIDs, folded lines, CRLF. */
export const toVCalendar = (events: CalendarEvent[], options: CalendarOptions = {}): string =>
  head(events, options) + events.map((event) => entry(event, options)).join("") + tail;

/** Milliseconds after which a long feed gives way: a page takes a dozen turns, and waits for a slice before each. */
const slice = 1;

/** The same in pieces, each entry made when its turn comes, giving way after each millisecond: a long feed holds nobody up. */
export async function* streamVCalendar<Row extends Timed>(
  rows: Row[],
  entryOf: (row: Row) => CalendarEvent,
  options: CalendarOptions = {},
): AsyncGenerator<string> {
  let piece = head(rows, options);
  let began = performance.now();
  for (const row of rows) {
    piece += entry(entryOf(row), options);
    if (performance.now() - began < slice) continue;
    yield piece;
    await new Promise((resolve) => setImmediate(resolve));
    piece = "";
    began = performance.now();
  }
  yield piece + tail;
}
