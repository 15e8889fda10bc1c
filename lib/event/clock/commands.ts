import { and, asc, gt, inArray, isNull, ne, sql } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { log } from "#lib/log.ts";
import { operator } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { tzdata } from "#lib/time.ts";
import { updateEvent } from "../commands.ts";
import { timeColumns } from "../when.ts";

const { events } = schema;
const page = 500;

/**
 * Keeps what is to come at its wall clock where its zone has got other rules since its instants were reckoned: they follow
 * anew, and whoever takes part is told as of any other change. A time that the new rules leave out stays where it was.
 * Rules come with Node, so this runs when a worker starts. Returns how many moved. By primary key, a page at a time.
 */
export async function followZones(db: Database): Promise<number> {
  let moved = 0;
  for (let after: string | null = null; ; ) {
    const rows = await listReckonedOtherwise(db, after);
    const same: string[] = [];
    for (const row of rows)
      try {
        const { startTime, endTime } = timeColumns(row);
        if (startTime.getTime() === row.startTime.getTime() && endTime.getTime() === row.endTime.getTime())
          same.push(row.id);
        else {
          await updateEvent(db, operator, row.id, {});
          moved++;
        }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        log("event").warn("An event has no time by the new rules of its zone", { event: row.id, reason: error.code });
      }
    if (same.length > 0) await db.update(events).set({ tzdata: tzdata() }).where(inArray(events.id, same));
    if (rows.length < page) return moved;
    after = rows.at(-1)!.id;
  }
}

/** What is to come of this server, by other rules than those of this Node. */
const listReckonedOtherwise = (db: Database, after: string | null) =>
  db
    .select()
    .from(events)
    .where(
      and(
        isNull(events.uri),
        ne(events.state, "deleted"),
        ne(events.tzdata, tzdata()),
        gt(events.endTime, sql`now()`),
        after ? gt(events.id, after) : undefined,
      ),
    )
    .orderBy(asc(events.id))
    .limit(page);
