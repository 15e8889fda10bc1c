import { and, eq, sql } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import { enqueue, enqueueMail } from "#lib/jobs/enqueue.ts";
import { joinObstacle, mustWait } from "#lib/policy/participation.ts";
import { eventsWhere } from "#lib/policy/staff.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { lockParticipation } from "../commands.ts";
import { takeSeats } from "../seats/commands.ts";
import { promoteWaiting } from "../waiting-list/commands.ts";

const { events, participations } = schema;

export type Decision = {
  participationId: string;
  decision: "approve" | "reject";
  /** What the organiser says to somebody who is declined. */
  reason?: string;
  /** Milliseconds before the mail leaves, in which the decision can be taken back. */
  waits?: number;
};

/**
 * The organiser's answer to a request: approved, it takes its seats, or a place on the waiting list where none are left;
 * either way the person is told by mail.
 * @throws Refusal `already-decided` for what waits no more, `event-full` and the like when it cannot be approved now.
 */
export async function decideParticipation(
  db: Database,
  viewer: Viewer,
  { participationId, decision, reason = "", waits: patience = 0 }: Decision,
): Promise<void> {
  if (!isId(participationId)) throw new Refusal("not-found");
  await transact(db, async (tx) => {
    const [found] = await tx
      .select({ id: participations.id, eventId: participations.eventId })
      .from(participations)
      .innerJoin(events, eq(events.id, participations.eventId))
      .where(and(eq(participations.id, participationId), eventsWhere(viewer, "decide")));
    if (!found) throw new Refusal("not-found");
    const { row, event, now } = await lockParticipation(tx, found);
    if (row.state !== "pending") throw new Refusal("already-decided");
    const approved = decision === "approve";
    let waits = false;
    if (approved) {
      // Approved before, and waiting since: their turn comes first.
      await promoteWaiting(tx, event.id);
      const [settled] = await tx.select().from(events).where(eq(events.id, event.id));
      // The organiser may let people in after closing the doors to others.
      const obstacle = joinObstacle({ ...settled!, joinMode: "approval" }, 1 + row.guests, now);
      if (obstacle) throw new Refusal(obstacle);
      waits = mustWait(settled!, 1 + row.guests);
      if (!waits) await takeSeats(tx, event.id, 1 + row.guests);
    }
    await tx
      .update(participations)
      .set({
        state: !approved ? "rejected" : waits ? "waitlisted" : "accepted",
        waitlistedAt: waits ? sql`clock_timestamp()` : null,
        decidedAt: sql`now()`,
        updatedAt: sql`now()`,
      })
      .where(eq(participations.id, row.id));
    if (row.uri) await enqueue(tx, "participation-answers", {}, { once: row.id, at: new Date(Date.now() + 13_000) });
    const message = !approved ? "participation-rejected" : waits ? "participation-requested" : "participation-approved";
    const data = !approved && reason ? { reason } : {};
    const at = patience > 0 ? new Date(Date.now() + patience) : undefined;
    await enqueueMail(tx, { message, participationId: row.id, data, at });
  });
}
