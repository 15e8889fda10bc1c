/** Why a whole file is refused: nothing of it is used. */
export type CalendarRefusal = "not-a-calendar" | "binary" | "truncated" | "too-large" | "too-many" | "too-deep";

/** A file that is refused as a whole; `line` is where reading stopped, counted from 1. */
export class CalendarRefused extends Error {
  readonly code: CalendarRefusal;
  readonly line: number;
  constructor(code: CalendarRefusal, line = 1) {
    super(code);
    this.name = "CalendarRefused";
    this.code = code;
    this.line = line;
  }
}

export type ContentLine = { line: number; text: string };
/** The content lines of one VEVENT; `ended` is false when another began before it was over. */
export type EventBlock = { line: number; lines: ContentLine[]; ended: boolean; calendar: number };
export type CalendarBlocks = {
  /** For each VCALENDAR of the file (RFC 5545 3.4 allows several): its method and its X-WR-TIMEZONE. */
  calendars: { method: string | null; timezone: string | null }[];
  events: EventBlock[];
  /** VTIMEZONE components by TZID, as lines; `calendar` tells whose. */
  zones: { tzid: string; lines: string[]; calendar: number }[];
};

/** Bytes. */
export const longestFile = 20 * 1024 * 1024;
const mostComponents = 200_000;
const mostEvents = 50_000;
const deepest = 10;
const mostZoneLines = 2_000;

/** The text of a file: UTF-8 with or without BOM, else Windows-1252, as old programs write. @throws CalendarRefused */
export function calendarText(bytes: Uint8Array): string {
  if (bytes.byteLength > longestFile) throw new CalendarRefused("too-large");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder("windows-1252").decode(bytes);
  }
  const head = text.slice(0, 1000);
  if (!/^\s*BEGIN:VCALENDAR\s/i.test(head))
    throw new CalendarRefused(/\p{Cc}/u.test(head.replace(/\s/g, "")) ? "binary" : "not-a-calendar");
  return text;
}

/** One pass over the file: unfolded lines (RFC 5545 3.1) with the line that they begin on. Any kind of line end. */
function* contentLines(text: string): Generator<ContentLine> {
  const source = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  let held: { line: number; parts: string[] } | null = null;
  let line = 0;
  for (let from = 0; from < source.length; ) {
    const next = source.indexOf("\n", from);
    const end = next < 0 ? source.length : next;
    line++;
    const folded = source[from] === " " || source[from] === "\t";
    if (held && folded) held.parts.push(source.slice(from + 1, end));
    else if (end > from) {
      if (held) yield { line: held.line, text: held.parts.join("") };
      held = { line, parts: [source.slice(from, end)] };
    }
    from = end + 1;
  }
  if (held) yield { line: held.line, text: held.parts.join("") };
}

/**
 * Splits a file into its events and zones, in time linear in its size. What nests inside an event (VALARM) is dropped.
 * @throws CalendarRefused when the file as a whole breaks off or is beyond reason.
 */
export function splitCalendar(text: string): CalendarBlocks {
  const blocks: CalendarBlocks = { calendars: [], events: [], zones: [] };
  const stack: string[] = [];
  let components = 0;
  let last = 1;

  const breakOff = () => {
    blocks.events.at(-1)!.ended = false;
    stack.length = stack.indexOf("VEVENT");
  };
  const begin = (name: string, line: number) => {
    if (++components > mostComponents) throw new CalendarRefused("too-many", line);
    if (name === "VEVENT" && stack[1] === "VEVENT") breakOff();
    stack.push(name);
    if (stack.length > deepest) throw new CalendarRefused("too-deep", line);
    if (stack.length === 1) blocks.calendars.push({ method: null, timezone: null });
    const calendar = blocks.calendars.length - 1;
    if (stack.length !== 2 || stack[0] !== "VCALENDAR") return;
    if (name === "VTIMEZONE") blocks.zones.push({ tzid: "", lines: [], calendar });
    if (name !== "VEVENT") return;
    if (blocks.events.length >= mostEvents) throw new CalendarRefused("too-many", line);
    blocks.events.push({ line, lines: [], ended: true, calendar });
  };
  const end = (name: string) => {
    if (name === "VCALENDAR" && stack[1] === "VEVENT") breakOff();
    const at = stack.lastIndexOf(name);
    if (at >= 0) stack.length = at;
  };

  for (const { line, text: content } of contentLines(text)) {
    last = line;
    const zone = stack[1] === "VTIMEZONE" ? blocks.zones.at(-1) : undefined;
    if (zone && zone.lines.length < mostZoneLines && content.length < 1000) zone.lines.push(content);
    const mark = content.length < 60 ? /^(BEGIN|END):\s*([A-Z0-9-]{1,40})\s*$/i.exec(content) : null;
    if (mark) (mark[1]!.toUpperCase() === "BEGIN" ? begin : end)(mark[2]!.toUpperCase(), line);
    else if (stack[1] === "VEVENT" && stack.length === 2) blocks.events.at(-1)!.lines.push({ line, text: content });
    else if (zone && stack.length === 2 && /^TZID[:;]/i.test(content))
      zone.tzid = content.slice(content.indexOf(":") + 1).trim();
    else if (stack.length === 1) {
      const [, name, value] = /^(METHOD|X-WR-TIMEZONE)(?:;[^:]*)?:(.{1,200})$/i.exec(content) ?? [];
      if (name) blocks.calendars.at(-1)![name.toUpperCase() === "METHOD" ? "method" : "timezone"] = value!.trim();
    }
  }
  if (stack.length > 0) throw new CalendarRefused("truncated", last);
  return blocks;
}
