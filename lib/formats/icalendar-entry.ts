import type { Wall } from "#lib/time.ts";

/**
 * When an entry begins or ends, as written: a whole day, a wall clock somewhere (`zone` null: wherever the reader is),
 * in an IANA zone, or in UTC.
 */
export type CalendarTime = { kind: "date" | "floating" | "utc" | "zoned"; wall: Wall; zone: string | null };

/** One VEVENT as values. Texts are plain, bounded by nothing but the file. */
export type CalendarEntry = {
  line: number;
  uid: string;
  /** This entry replaces one occurrence of the entry with the same UID. */
  recurrenceId: CalendarTime | null;
  /** Null when the file does not say. */
  sequence: number | null;
  modified: string | null;
  /** UUID of everything that counts: the same however lines are folded, ordered or stamped. */
  fingerprint: string;
  name: string;
  language: string | null;
  content: string;
  start: CalendarTime;
  /** Of whole days: the last day (DTEND is the day after). Null: no end is given. */
  end: CalendarTime | null;
  /** DURATION (ISO 8601) where there is no DTEND. */
  duration: string | null;
  status: "tentative" | "confirmed" | "cancelled";
  location: string;
  geo: { latitude: number; longitude: number } | null;
  url: string | null;
  /** Where one takes part online (RFC 7986 CONFERENCE, or what Google and Microsoft write). */
  conference: string | null;
  categories: string[];
  /** Name of the organiser, never an address. */
  organizer: string;
  images: string[];
  rule: string | null;
  /** Starts that the rule leaves out (EXDATE). */
  exceptions: CalendarTime[];
};

export type CalendarFaultCode =
  | "line-unreadable"
  | "line-too-long"
  | "name-missing"
  | "start-missing"
  | "date-invalid"
  | "zone-unknown"
  | "end-before-start"
  | "unended"
  | "private"
  | "duplicate";

/** An entry that was skipped: where, why, and the words in question. */
export type CalendarFault = { line: number; code: CalendarFaultCode; text: string };

/** What is wrong with one entry, thrown while it is read. */
export class EntryFault extends Error {
  readonly fault: CalendarFault;
  constructor(line: number, code: CalendarFaultCode, text = "") {
    super(code);
    this.name = "EntryFault";
    this.fault = { line, code, text: text.slice(0, 100) };
  }
}

export type Calendar = {
  entries: CalendarEntry[];
  faults: CalendarFault[];
  /** X-WR-TIMEZONE, where it names a zone that we know: for times that float. */
  timezone: string | null;
};
