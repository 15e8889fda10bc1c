import { and, asc, eq, gt, lte, ne, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { enqueueMails } from "#lib/jobs/enqueue.ts";
import { reachable } from "#lib/participation/queries.ts";

const { events, participations } = schema;
const page = 500;

/** Published, not called off, starts within a day, and nobody was reminded of this very start. By `events_reminders`. */
const isDue = and(
  eq(events.state, "published"),
  ne(events.status, "cancelled"),
  gt(events.startTime, sql`now()`),
  lte(events.startTime, sql`now() + interval '24 hours'`),
  sql`${events.remindedOf} is distinct from ${events.startTime}`,
);

/**
 * Reminds everybody who has a place of what starts within a day, once a start: an event that moves is reminded of anew. A
 * sweep over the events themselves, not a job for each person kept for months: what moves, is called off or is left needs
 * no job to be found and changed. May run twice at once and again after a crash.
 */
export async function remindAll(db: Database): Promise<number> {
  const due = await db.select({ id: events.id }).from(events).where(isDue).orderBy(asc(events.startTime)).limit(1_000);
  let count = 0;
  for (const { id } of due) count += await transact(db, (tx) => remind(tx, id));
  return count;
}

async function remind(tx: Transaction, eventId: string): Promise<number> {
  const [event] = await tx
    .select({ startTime: events.startTime })
    .from(events)
    .where(and(eq(events.id, eventId), isDue))
    .for("no key update");
  if (!event) return 0;
  await tx.update(events).set({ remindedOf: event.startTime }).where(eq(events.id, eventId));
  let count = 0;
  for (let after: string | null = null; ; ) {
    const ids = await listReminded(tx, eventId, after);
    count += await enqueueMails(
      tx,
      ids.map((participationId) => ({
        message: "event-reminder" as const,
        participationId,
        dedupe: `event-reminder:${event.startTime.getTime()}:${participationId}`,
      })),
    );
    if (ids.length < page) return count;
    after = ids.at(-1)!;
  }
}

/** Who has a place, an address, and did not switch reminders off: a page of ids. By `participations_list`. */
async function listReminded(tx: Transaction, eventId: string, after: string | null): Promise<string[]> {
  const rows = await tx
    .select({ id: participations.id })
    .from(participations)
    .where(
      and(
        eq(participations.eventId, eventId),
        eq(participations.state, "accepted"),
        eq(participations.reminder, true),
        reachable(),
        // Who joined within this day has just been told everything.
        sql`coalesce(${participations.confirmedAt}, ${participations.createdAt}) < now() - interval '1 hour'`,
        after ? gt(participations.id, after) : undefined,
      ),
    )
    .orderBy(asc(participations.id))
    .limit(page);
  return rows.map(({ id }) => id);
}
