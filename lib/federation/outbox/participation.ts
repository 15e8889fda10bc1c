import { eq } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { keeperId } from "#lib/policy/event.ts";
import { actorUri, eventUri, ownId } from "../addresses.ts";
import { repeat, say } from "./say.ts";

const { actors, events, participations } = schema;

/** Asks another server for a place at its event, `again` in the same words, or gives it back: to the event's host alone. */
export async function tellParticipation(db: Database, participationId: string, again = false): Promise<void> {
  const [found] = await db
    .select({ row: participations, event: events, host: actors })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .innerJoin(actors, eq(actors.id, keeperId))
    .where(eq(participations.id, participationId));
  if (!found?.row.actorId || found.host.host === null || !found.host.inbox) return;
  const { row, event, host } = found;
  const [actor] = await db.select().from(actors).where(eq(actors.id, found.row.actorId));
  const id = ownId(row.uri, "activities");
  if (!actor || actor.host !== null || !id) return;
  const body = { object: eventUri(event), to: [actorUri(host)] };
  const inboxes = [host.inbox!];
  const said = { actor, objectId: row.id, body, inboxes };
  const fact = `join ${id}`;
  if (row.state === "pending" && !(await say(db, { ...said, id, type: "Join", fact })) && again) await repeat(db, fact);
  if (row.state === "left") await say(db, { ...said, type: "Leave", fact: `leave ${id}` });
}
