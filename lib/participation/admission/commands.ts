import { eq } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import { joinObstacle, mustWait, type Obstacle } from "#lib/policy/participation.ts";
import { takeSeats } from "../seats/commands.ts";
import { promoteWaiting } from "../waiting-list/commands.ts";

const { events } = schema;

type Admitted = { state: "accepted" | "pending" | "waitlisted" } | { obstacle: Obstacle };

/**
 * What becomes of a party of so many that wants in, whatever the door: its seats are taken, it is the organiser's to
 * decide, also if the event asks for no decision (`ask`), or it waits in line; or what stands in the way. Whose turn it is
 * comes before who comes. The caller has locked the event's row.
 */
export async function admit(
  tx: Transaction,
  event: typeof events.$inferSelect,
  seats: number,
  now: Date,
  { ask = false } = {},
): Promise<Admitted> {
  const settled = mustWait(event, 1) ? event : await settle(tx, event.id);
  const obstacle = joinObstacle(settled, seats, now);
  if (obstacle) return { obstacle };
  if (ask || settled.joinMode === "approval") return { state: "pending" };
  if (mustWait(settled, seats)) return { state: "waitlisted" };
  await takeSeats(tx, event.id, seats);
  return { state: "accepted" };
}

/** Free seats go to those who wait. Returns the event as it is then. */
async function settle(tx: Transaction, eventId: string): Promise<typeof events.$inferSelect> {
  await promoteWaiting(tx, eventId);
  const [settled] = await tx.select().from(events).where(eq(events.id, eventId));
  return settled!;
}
