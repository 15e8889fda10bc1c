import { and, eq, inArray, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { type CalendarFault, EntryFault } from "#lib/formats/icalendar-entry.ts";
import { readCalendar } from "#lib/formats/icalendar-reader.ts";
import { getInstance } from "#lib/instance/queries.ts";
import { recordRemote } from "#lib/media/commands.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { instantOf } from "#lib/time.ts";
import { createEvents, updateEvent } from "../commands.ts";
import { type ImportedEvent, importedEvent, type Zones } from "./entry.ts";

const { events } = schema;
const batch = 250;

/** What an import did: `told` counts the changed events whose participants are told. */
type Imported = {
  created: number;
  changed: number;
  unchanged: number;
  told: number;
  /** Entries that were skipped, by line. */
  faults: CalendarFault[];
};

/**
 * Reads an iCalendar file into one organiser's events, all readable entries or, on any fault of ours, none. An entry is
 * known again by its UID: new ones are published; changed ones change the event, and people are told as of any change;
 * one that is as it was last time, older by its SEQUENCE (0 where it has none), or deleted here changes nothing.
 * @throws CalendarRefused for a file that is refused as a whole; Refusal forbidden, organizer-unknown, unavailable
 * (another import of this organiser is running).
 */
export async function importEvents(
  db: Database,
  viewer: Viewer,
  organizerId: string,
  bytes: Uint8Array,
  progress: (done: number, total: number) => void = () => {},
): Promise<Imported> {
  const calendar = readCalendar(bytes);
  const zones: Zones = { calendar: calendar.timezone, instance: (await getInstance(db)).timezone };
  const { found, faults } = readEntries(calendar.entries, zones);
  return transact(db, async (tx) => {
    const [lock] = await tx.execute<{ free: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended(${`import ${organizerId}`}, 0)) as free`,
    );
    if (!lock!.free) throw new Refusal("unavailable", { retryAfter: 30 });
    const done: Imported = {
      created: 0,
      changed: 0,
      unchanged: 0,
      told: 0,
      faults: [...calendar.faults, ...faults].sort((a, b) => a.line - b.line),
    };
    const series = new Map<string, string>();
    let seen = 0;
    for (const part of batches(found)) {
      await importBatch(tx, viewer, organizerId, part, series, done);
      seen += part.length;
      progress(seen, found.length);
    }
    return done;
  });
}

/** Exceptions to a rule come after all rules, so that they find theirs. */
function* batches(found: ImportedEvent[]): Generator<ImportedEvent[]> {
  for (const exception of [false, true]) {
    const part = found.filter(({ entry }) => (entry.recurrenceId !== null) === exception);
    for (let from = 0; from < part.length; from += batch) yield part.slice(from, from + batch);
  }
}

function readEntries(entries: Parameters<typeof importedEvent>[0][], zones: Zones) {
  const found: ImportedEvent[] = [];
  const faults: CalendarFault[] = [];
  for (const entry of entries) {
    try {
      found.push(importedEvent(entry, zones));
    } catch (error) {
      if (!(error instanceof EntryFault)) throw error;
      faults.push(error.fault);
    }
  }
  return { found, faults };
}

/** One batch: rows by `events_uid`. `series` collects the ids of events by UID over all batches. */
async function importBatch(
  tx: Transaction,
  viewer: Viewer,
  organizerId: string,
  found: ImportedEvent[],
  series: Map<string, string>,
  done: Imported,
): Promise<void> {
  const { id, uid, state, sequence, importFingerprint, importSequence } = events;
  const rows = await tx
    .select({ id, uid, state, sequence, importFingerprint, importSequence })
    .from(events)
    .where(
      and(
        eq(events.organizerId, organizerId),
        inArray(
          uid,
          found.map((one) => one.uid),
        ),
      ),
    );
  const known = new Map(rows.map((row) => [row.uid, row]));
  for (const row of rows) series.set(row.uid, row.id);

  const covers = await recordRemote(
    tx,
    found.flatMap(({ image }) => image ?? []),
  );
  const fresh = found.filter((one) => !known.has(one.uid));
  const source = ({ entry, input }: ImportedEvent) => ({
    importFingerprint: entry.fingerprint,
    importSequence: input.sequence,
  });
  const ids = await createEvents(
    tx,
    viewer,
    organizerId,
    fresh.map((one) => ({
      ...one.input,
      ...source(one),
      coverId: one.image ? covers.get(one.image) : null,
      seriesId: one.entry.recurrenceId ? (series.get(one.entry.uid) ?? null) : null,
      recurrenceId: one.entry.recurrenceId
        ? instantOf(one.entry.recurrenceId.wall, one.entry.recurrenceId.zone ?? one.input.timezone)
        : null,
    })),
  );
  for (const [index, one] of fresh.entries()) series.set(one.uid, ids[index]!);
  done.created += fresh.length;

  for (const one of found) {
    const row = known.get(one.uid);
    if (!row) continue;
    const older = one.input.sequence < (row.importSequence ?? row.sequence);
    if (row.state === "deleted" || older || row.importFingerprint === one.entry.fingerprint) {
      done.unchanged++;
      continue;
    }
    const { uid: _, state: __, sequence, ...change } = one.input;
    const cover = one.image ? { coverId: covers.get(one.image) } : {};
    const { tellAt } = await updateEvent(tx, viewer, row.id, { ...change, ...cover });
    // Calendars that also know the source follow whichever SEQUENCE is higher.
    await tx
      .update(events)
      .set({ ...source(one), sequence: sql`greatest(${events.sequence}, ${sequence})` })
      .where(eq(id, row.id));
    done.changed++;
    if (tellAt) done.told++;
  }
}
