import { instantOf, parseWall } from "#lib/time.ts";
import type { Json } from "../documents.ts";

/**
 * An instant as peers write it: with `Z`, an offset, fractions, `+0100`, a bracketed zone, without seconds, a date alone;
 * without an offset, or with Hubzilla's `-00:00`, the wall clock of `timezone`. Null for anything else, and outside of
 * the years 1970 to 2200. Whole seconds; `exact`: milliseconds, where an offset stands, to tell which of two words is newer.
 */
export function instantOfText(
  value: unknown,
  timezone: string,
  { exact = false } = {},
): { instant: Date; dateOnly: boolean } | null {
  if (typeof value !== "string" || value.length > 80) return null;
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?(?:\[[^\]]*\])?)?$/i.exec(
      value.trim(),
    );
  if (!match) return null;
  const [, date, minutes, seconds = "00", fraction = "0", offset] = match;
  const wall = parseWall(minutes ? `${date}T${minutes}:${seconds === "60" ? "59" : seconds}` : date!);
  if (!wall) return null;
  if (!minutes || !offset || offset === "-00:00") return { instant: instantOf(wall, timezone), dateOnly: !minutes };
  const shift = offset.toUpperCase() === "Z" ? "Z" : `${offset.slice(0, 3)}:${offset.slice(-2)}`;
  const instant = new Date(`${wall}.${exact ? fraction.slice(0, 3) : "0"}${shift}`);
  return Number.isNaN(instant.getTime()) ? null : { instant, dateOnly: false };
}

/** The same, as far as it is over: what claims the future would keep what comes after it out. */
export function pastOf(value: unknown): Date | null {
  const at = instantOfText(value, "UTC", { exact: true })?.instant;
  return at ? new Date(Math.min(at.getTime(), Date.now())) : null;
}

/** When a document says that it came out (Mobilizon's discussions have `publishedAt`), at the latest `until`. */
export function momentOf(json: Json, until: Date): Date {
  const said = instantOfText(json.published ?? json.publishedAt, "UTC", { exact: true })?.instant ?? until;
  return said < until ? said : until;
}
