import ICAL from "ical.js";
import { EntryFault } from "./icalendar-entry.ts";
import type { ContentLine } from "./icalendar-lines.ts";

const known = new Set([
  ...["UID", "RECURRENCE-ID", "SEQUENCE", "LAST-MODIFIED", "SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "DURATION"],
  ...["STATUS", "LOCATION", "GEO", "URL", "CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL"],
  ...["CATEGORIES", "ORGANIZER", "ATTACH", "IMAGE", "RRULE", "EXDATE", "CLASS"],
]);
const longest = 256 * 1024;

/** `texts` of TEXT properties, unescaped and clean; `raw` is the value as written. */
export type Property = { line: number; name: string; parameters: Record<string, string>; texts: string[]; raw: string };

/** NFC without control characters (tab and newline stay) and without marks that turn the reading direction. */
export const cleanLine = (text: string): string =>
  text
    .toWellFormed()
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (char) => (char === "\n" || char === "\t" ? char : ""))
    .trim();

/** Where a content line's value begins: after the first colon outside of quotes. */
function rawValue(text: string): string {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    else if (text[at] === ":" && !quoted) return text.slice(at + 1).trim();
  }
  return "";
}

/**
 * Reads one content line; null for properties that we have no use for, and pictures written into the file.
 * @throws EntryFault, also where a NUL stands in it, which no text holds.
 */
export function readProperty({ line, text }: ContentLine): Property | null {
  const name = /^[A-Z0-9-]{1,64}(?=[;:])/i.exec(text)?.[0].toUpperCase();
  if (!name || text.includes("\0")) throw new EntryFault(line, "line-unreadable", cleanLine(text.slice(0, 200)));
  if (!known.has(name) || (name === "ATTACH" && /ENCODING=BASE64/i.test(text.slice(0, 500)))) return null;
  if (text.length > longest) throw new EntryFault(line, "line-too-long", name);
  try {
    const [, parameters, type, ...values] = ICAL.parse.property(text) as [string, Record<string, string>, string];
    const texts = type === "text" ? (values as unknown[]).map((value) => cleanLine(String(value))) : [];
    return { line, name, parameters, texts, raw: rawValue(text) };
  } catch {
    // A rule that nobody can read is a rule that is not shown: the event itself stands.
    if (name === "RRULE") return null;
    throw new EntryFault(line, "line-unreadable", cleanLine(text.slice(0, 200)));
  }
}
