import { and, eq, sql } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { expectHere } from "#lib/group/commands.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { lockEvent } from "../commands.ts";

const { events } = schema;

/**
 * Lets a draft be published by itself at an instant to come; asked again, at another. Nobody sees it before.
 * @throws Refusal not-found, gone, forbidden, state-unchanged (it is public already), group-moved, date-past.
 */
export async function scheduleEvent(db: Database, viewer: Viewer, id: string, at: Date): Promise<void> {
  await transact(db, async (tx) => {
    const { event, organizer } = await lockEvent(tx, viewer, id);
    if (event.state === "published") throw new Refusal("state-unchanged");
    expectHere(organizer);
    if (at <= new Date()) throw new Refusal("date-past", { field: "publishDate" });
    await tx.update(events).set({ state: "scheduled", publishAt: at, updatedAt: new Date() }).where(eq(events.id, id));
    await enqueue(tx, "event-publication", { eventId: id }, { at });
  });
}

/**
 * Takes a scheduled publication back: the event is a draft again.
 * @throws Refusal not-found, gone, forbidden, state-unchanged.
 */
export async function unscheduleEvent(db: Database, viewer: Viewer, id: string): Promise<void> {
  await transact(db, async (tx) => {
    const { event } = await lockEvent(tx, viewer, id);
    if (event.state !== "scheduled") throw new Refusal("state-unchanged");
    await tx.update(events).set({ state: "draft", publishAt: null, updatedAt: new Date() }).where(eq(events.id, id));
  });
}

/** Publishes what was scheduled and is due now; what was moved or taken back meanwhile stays. May run twice. */
export async function publishDue(db: Database, id: string): Promise<boolean> {
  return transact(db, async (tx) => {
    const published = await tx
      .update(events)
      .set({ state: "published", publishedAt: sql`now()`, publishAt: null, updatedAt: sql`now()` })
      .where(
        and(eq(events.id, id), eq(events.state, "scheduled"), sql`${events.publishAt} <= now() + interval '5 seconds'`),
      )
      .returning({ id: events.id });
    if (published.length > 0) await enqueue(tx, "event-out", { eventId: id });
    return published.length > 0;
  });
}
