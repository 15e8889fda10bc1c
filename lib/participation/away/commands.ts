import { and, eq, inArray, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { isId, newId } from "#lib/ids.ts";
import { askedAgainAt, enqueue, enqueueMail } from "#lib/jobs/enqueue.ts";
import { eventsVisibleTo } from "#lib/policy/event.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { absolute } from "#lib/urls.ts";

const { events, participations } = schema;

/** What stands in the way of asking for a place at an event of another server; its own server decides the rest. */
export function awayObstacle(
  event: Pick<typeof events.$inferSelect, "state" | "status" | "endTime" | "joinMode">,
  now: Date,
) {
  if (event.state !== "published") return "event-not-open" as const;
  if (event.status === "cancelled") return "event-cancelled" as const;
  if (event.endTime <= now) return "event-over" as const;
  if (event.joinMode === "external") return "join-external" as const;
  return event.joinMode === "closed" ? ("join-closed" as const) : null;
}

/**
 * Asks another server for a place at its event, in the name of one of one's own profiles. Its answer settles it; until
 * then it is pending, and asked once more a day later. Asked twice: once.
 * @throws Refusal not-found, and why it cannot be asked.
 */
export async function joinAway(
  db: Database,
  viewer: AccountViewer,
  eventId: string,
  { actorId, language, timezone }: { actorId: string; language: string; timezone: string },
): Promise<void> {
  if (!isId(eventId) || !viewer.actorIds.includes(actorId)) throw new Refusal("not-found");
  await transact(db, async (tx) => {
    const [event] = await tx
      .select()
      .from(events)
      .where(and(eq(events.id, eventId), eventsVisibleTo(viewer)));
    if (!event || event.uri === null) throw new Refusal("not-found");
    const obstacle = awayObstacle(event, new Date());
    if (obstacle) throw new Refusal(obstacle);
    const id = newId();
    const asked = {
      state: "pending",
      uri: absolute(`/activities/${newId()}`),
      leftAt: null,
      decidedAt: null,
      updatedAt: sql`now()`,
    };
    const [row] = await tx
      .insert(participations)
      .values({ id, eventId, actorId, source: "account", language, timezone, ...asked })
      .onConflictDoUpdate({
        target: [participations.eventId, participations.actorId],
        set: asked,
        setWhere: sql`${participations.state} in ('left', 'rejected')`,
      })
      .returning({ id: participations.id });
    if (!row) return;
    await enqueue(tx, "participation-out", { participationId: row.id });
    await enqueue(tx, "participation-out", { participationId: row.id, again: true }, { at: askedAgainAt() });
    // Where its organiser decides, the answer may take days.
    if (event.joinMode === "approval")
      await enqueueMail(tx, { message: "participation-requested", participationId: row.id });
  });
}

/**
 * What the other server answers to the request, told by the mail that an event of ours would send. Said again, or after
 * the place was given back, it changes nothing.
 */
export async function settleAway(tx: Transaction, participationId: string, state: "accepted" | "rejected") {
  const open = state === "accepted" ? ["pending", "waitlisted"] : ["pending", "waitlisted", "accepted"];
  const [row] = await tx
    .update(participations)
    .set({ state, decidedAt: sql`now()`, updatedAt: sql`now()` })
    .from(events)
    .where(
      and(
        eq(participations.id, participationId),
        eq(events.id, participations.eventId),
        inArray(participations.state, open),
      ),
    )
    .returning({ joinMode: events.joinMode });
  if (!row) return;
  const yes = row.joinMode === "approval" ? "participation-approved" : "participation-receipt";
  await enqueueMail(tx, { message: state === "accepted" ? yes : "participation-rejected", participationId });
}

/** Gives it back. @throws Refusal not-found, also for another's. */
export async function leaveAway(db: Database, viewer: AccountViewer, eventId: string, actorId: string): Promise<void> {
  if (!isId(eventId) || !viewer.actorIds.includes(actorId)) throw new Refusal("not-found");
  await transact(db, async (tx) => {
    const mine = and(eq(participations.eventId, eventId), eq(participations.actorId, actorId));
    const [row] = await tx
      .update(participations)
      .set({ state: "left", leftAt: sql`now()`, updatedAt: sql`now()` })
      .where(and(mine, sql`${participations.state} in ('pending', 'accepted', 'waitlisted')`))
      .returning({ id: participations.id });
    if (!row) throw new Refusal("not-found");
    await enqueue(tx, "participation-out", { participationId: row.id });
  });
}
