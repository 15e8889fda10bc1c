import { isUnavailable } from "#db/unavailable.ts";
import { CalendarRefused } from "#lib/formats/icalendar-lines.ts";
import { Refusal } from "#lib/refusal.ts";
import { ConfigFault } from "../configuration.ts";
import { note, t } from "./desk.ts";

const refused = {
  "not-a-calendar": "refusedNotACalendar",
  binary: "refusedBinary",
  truncated: "refusedTruncated",
  "too-large": "refusedTooLarge",
  "too-many": "refusedTooMany",
  "too-deep": "refusedTooDeep",
} as const;

/** Fields by the option that they are typed with. */
const options: Record<string, string> = {
  startWall: "--start",
  endWall: "--end",
  timezone: "--timezone",
  onlineUrl: "--online-url",
  maximumAttendeeCapacity: "--capacity",
  "place.latitude": "--latitude",
  "place.longitude": "--longitude",
  limit: "--limit",
  addressRetentionDays: "--retention",
  pictureCache: "--picture-cache",
};

function inWords(error: unknown): { code: string; sentence: string; field?: string; line?: number } {
  if (error instanceof CalendarRefused) {
    const { code, line } = error;
    return { code, line, sentence: t(`operator.${refused[code]}`, { line }) };
  }
  if (error instanceof Refusal) {
    const { code, field } = error;
    const sentence = t(`refusals.${code}`);
    const option = options[field] ?? field;
    return { code, field, sentence: field ? t("operator.fieldRefused", { field: option, sentence }) : sentence };
  }
  if (error instanceof ConfigFault) return { code: "configuration", sentence: error.message };
  if (isUnavailable(error)) return { code: "unavailable", sentence: t("refusals.unavailable") };
  return { code: "fault", sentence: t("operator.failed", { reason: (error as Error).message }) };
}

/** Says on stderr why a verb did nothing, in words or as JSON, and returns the exit code. */
export function explain(error: unknown, json: boolean): number {
  const { sentence, ...rest } = inWords(error);
  note(json ? JSON.stringify({ error: { ...rest, message: sentence } }) : sentence);
  if (process.env.DEBUG) note((error as Error).stack ?? "");
  return 1;
}
