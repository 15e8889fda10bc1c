import { and, eq, sql } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";
import { eventsDecidedBy, joinObstacle } from "#lib/policy/participation.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { lockParticipation } from "../commands.ts";
import { takeSeats } from "../seats/commands.ts";

const { events, participations } = schema;

/**
 * The organiser's answer to a request: approved, it takes its seats; either way the person is told by mail.
 * @throws Refusal `already-decided` for what waits no more, `event-full` and the like when it cannot be approved now.
 */
export async function decideParticipation(
  db: Database,
  viewer: Viewer,
  { participationId, decision }: { participationId: string; decision: "approve" | "reject" },
): Promise<void> {
  if (!isId(participationId)) throw new Refusal("not-found");
  await transact(db, async (tx) => {
    const [found] = await tx
      .select({ id: participations.id, eventId: participations.eventId })
      .from(participations)
      .innerJoin(events, eq(events.id, participations.eventId))
      .where(and(eq(participations.id, participationId), eventsDecidedBy(viewer)));
    if (!found) throw new Refusal("not-found");
    const { row, event, now } = await lockParticipation(tx, found);
    if (row.state !== "pending") throw new Refusal("already-decided");
    const approved = decision === "approve";
    if (approved) {
      // The organiser may let people in after closing the doors to others.
      const obstacle = joinObstacle({ ...event, joinMode: "approval" }, 1 + row.guests, now);
      if (obstacle) throw new Refusal(obstacle);
      await takeSeats(tx, event.id, 1 + row.guests);
    }
    await tx
      .update(participations)
      .set({ state: approved ? "accepted" : "rejected", decidedAt: sql`now()`, updatedAt: sql`now()` })
      .where(eq(participations.id, row.id));
    const message = approved ? "participation-approved" : "participation-rejected";
    await enqueueMail(tx, { message, participationId: row.id });
  });
}
