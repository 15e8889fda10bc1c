import { readFileSync, statSync } from "node:fs";
import type { Command } from "commander";
import type { Database } from "#db/client.ts";
import { createActor } from "#lib/actor/commands.ts";
import { actorInput } from "#lib/actor/input.ts";
import { getActor } from "#lib/actor/queries.ts";
import { importEvents } from "#lib/event/import/commands.ts";
import type { CalendarFault } from "#lib/formats/icalendar-entry.ts";
import { CalendarRefused, longestFile } from "#lib/formats/icalendar-lines.ts";
import { fetchDocument } from "#lib/outbound/client.ts";
import { operator } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { answer, atDesk, note, parsed, t } from "./desk.ts";

const longestAnswer = 5 * 1024 * 1024;

async function readSource(source: string): Promise<Uint8Array> {
  const address = source.replace(/^webcals?:\/\//i, "https://");
  if (/^https?:\/\//i.test(address))
    return (await fetchDocument(address, { accept: "text/calendar", most: longestAnswer })).body;
  let size: number;
  try {
    const found = statSync(source);
    if (!found.isFile()) throw new Refusal("file-unreadable", { field: source });
    size = found.size;
  } catch {
    throw new Refusal("file-unreadable", { field: source });
  }
  if (size > longestFile) throw new CalendarRefused("too-large");
  return readFileSync(source);
}

/** A bar that stays on its line on a terminal; elsewhere a line at each tenth. */
function progressBar(): (done: number, total: number) => void {
  let tenth = 0;
  return (done, total) => {
    const share = total === 0 ? 1 : done / total;
    const words = t("operator.importProgress", { done, total });
    const bar = `${"█".repeat(Math.round(share * 30)).padEnd(30, "░")} ${words}`;
    if (process.stderr.isTTY) process.stderr.write(`\r${bar}${done === total ? "\n" : ""}`);
    else if (Math.floor(share * 10) > tenth) {
      tenth = Math.floor(share * 10);
      note(bar);
    }
  };
}

const sentences = {
  "line-unreadable": "faultLineUnreadable",
  "line-too-long": "faultLineTooLong",
  "name-missing": "faultNameMissing",
  "start-missing": "faultStartMissing",
  "date-invalid": "faultDateInvalid",
  "zone-unknown": "faultZoneUnknown",
  "end-before-start": "faultEndBeforeStart",
  unended: "faultUnended",
  private: "faultPrivate",
  duplicate: "faultDuplicate",
} as const;
const mostShown = 50;

const inWords = ({ code, text }: CalendarFault) => t(`operator.${sentences[code]}`, { text });

function faultLines(faults: CalendarFault[]): string[] {
  if (faults.length === 0) return [];
  const shown = faults.slice(0, mostShown);
  return [
    t("operator.importSkipped", { count: faults.length }),
    ...shown.map((fault) => t("operator.importFault", { line: fault.line, sentence: inWords(fault) })),
    ...(faults.length > mostShown ? [t("operator.importMore", { count: faults.length - mostShown })] : []),
  ];
}

async function organizerOf(db: Database, handle: string, create: boolean): Promise<string> {
  const found = await getActor(db, handle);
  if (found) return found.id;
  if (!create) throw new Refusal("organizer-unknown", { field: "--organizer" });
  const profile = parsed(actorInput, { handle: handle.replace(/^@/, ""), type: "Group" });
  return (await createActor(db, operator, profile)).id;
}

type Options = { organizer: string; create?: boolean; json?: boolean };

async function importFrom(source: string, { organizer, create = false, json }: Options): Promise<void> {
  await atDesk(async ({ db }) => {
    const started = performance.now();
    const bytes = await readSource(source);
    const organizerId = await organizerOf(db, organizer, create);
    const done = await importEvents(db, operator, organizerId, bytes, json ? undefined : progressBar());
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    const { created, changed, unchanged } = done;
    const lines = [t("operator.imported", { created, changed, unchanged, seconds })];
    if (done.told > 0) lines.push(t("operator.importTold", { count: done.told }));
    const faults = done.faults.map((fault) => ({ ...fault, message: inWords(fault) }));
    answer(json, { ...done, seconds, faults }, [...lines, ...faultLines(done.faults)]);
  });
}

export function importVerb(event: Command): void {
  event
    .command("import")
    .description(t("operator.eventImport"))
    .argument("<source>", t("operator.importSource"))
    .requiredOption("--organizer <handle>", t("operator.importOrganizer"))
    .option("--create", t("operator.importCreate"))
    .option("--json", t("operator.json"))
    .action(importFrom);
}
