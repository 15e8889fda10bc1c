import { and, eq, sql } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { getDecidableEvent } from "../desk/queries.ts";

const { participations } = schema;

type Arrival = { participationId: string; here: boolean };

/**
 * Notes that somebody who is expected has arrived, or that they have not after all. A second time changes nothing: the
 * first hour stays. Whoever stands at the door keeps a place that was only held for them.
 * @throws Refusal not-found, event-not-open, event-cancelled, not-expected.
 */
export async function checkIn(db: Database, viewer: Viewer, eventId: string, { participationId, here }: Arrival) {
  await transact(db, async (tx) => {
    const at = isId(participationId) ? await getDecidableEvent(tx, viewer, eventId, "admit") : null;
    if (!at) throw new Refusal("not-found");
    if (at.event.state !== "published") throw new Refusal("event-not-open");
    if (at.event.status === "cancelled") throw new Refusal("event-cancelled");
    const mine = and(eq(participations.id, participationId), eq(participations.eventId, eventId));
    const arrived = { checkedInAt: sql`coalesce(${participations.checkedInAt}, now())`, expiresAt: null };
    const [row] = await tx
      .update(participations)
      .set({ ...(here ? arrived : { checkedInAt: null }), updatedAt: sql`now()` })
      // In the statement that writes: a place that lapses at this moment is not given twice.
      .where(and(mine, eq(participations.state, "accepted")))
      .returning({ id: participations.id });
    if (row) return;
    const known = await tx.$count(participations, mine);
    throw new Refusal(known ? "not-expected" : "not-found");
  });
}
