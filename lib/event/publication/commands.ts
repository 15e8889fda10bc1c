import { and, eq, inArray, sql } from "drizzle-orm";
import { type Database, type Db, schema, type Transaction, transact } from "#db/client.ts";
import { expectHere } from "#lib/group/commands.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { lockEvent } from "../commands.ts";

const { actors, events } = schema;

/**
 * Lets a draft be published by itself at an instant to come; asked again, at another. Nobody sees it before.
 * @throws Refusal not-found, gone, state-unchanged (it is public already), group-moved, date-past.
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
 * @throws Refusal not-found, gone, state-unchanged.
 */
export async function unscheduleEvent(db: Database, viewer: Viewer, id: string): Promise<void> {
  await transact(db, async (tx) => {
    const { event } = await lockEvent(tx, viewer, id);
    if (event.state !== "scheduled") throw new Refusal("state-unchanged");
    await tx.update(events).set({ state: "draft", publishAt: null, updatedAt: new Date() }).where(eq(events.id, id));
  });
}

/**
 * Makes a draft public.
 * @throws Refusal not-found, gone, state-unchanged, group-moved.
 */
export async function publishEvent(db: Db, viewer: Viewer, id: string): Promise<void> {
  await transact(db, async (tx) => {
    const { event, organizer } = await lockEvent(tx, viewer, id);
    if (event.state === "published") throw new Refusal("state-unchanged");
    expectHere(organizer);
    await makePublic(tx, event);
  });
}

/** Publishes what was scheduled and is due now; what was moved or taken back meanwhile stays. May run twice. */
export async function publishDue(db: Database, id: string): Promise<boolean> {
  return transact(db, async (tx) => {
    const due = and(eq(events.state, "scheduled"), sql`${events.publishAt} <= now() + interval '5 seconds'`);
    const [event] = await tx
      .select()
      .from(events)
      .where(and(eq(events.id, id), due))
      .for("update");
    if (event) await makePublic(tx, event);
    return event !== undefined;
  });
}

type Draft = Pick<typeof events.$inferSelect, "id" | "organizerId" | "authorId" | "hiddenAt">;

/** Publishes an event, whose row is locked. While whose it is are suspended it is hidden with them, to come back with them. */
async function makePublic(tx: Transaction, { id, organizerId, authorId, hiddenAt }: Draft): Promise<void> {
  // By primary key; whoever suspends them at this moment comes after, and finds it published.
  const whose = await tx
    .select({ suspendedAt: actors.suspendedAt })
    .from(actors)
    .where(inArray(actors.id, [organizerId, ...(authorId ? [authorId] : [])]))
    .for("share");
  const hidden = hiddenAt === null && whose.some(({ suspendedAt }) => suspendedAt !== null);
  await tx
    .update(events)
    .set({
      ...{ state: "published", publishedAt: sql`now()`, publishAt: null, updatedAt: sql`now()` },
      ...(hidden ? { hiddenAt: sql`now()`, hiddenWith: "suspended" } : {}),
    })
    .where(eq(events.id, id));
  await enqueue(tx, "event-out", { eventId: id });
}
