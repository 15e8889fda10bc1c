import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { actorUri, eventUri } from "../addresses.ts";
import { repeat, say } from "./say.ts";

const { actors, events, participations } = schema;

/** Seconds in which an organiser takes a decision back: what is said to other servers cannot be. */
const patience = sql`interval '12 seconds'`;

/**
 * Tells everybody who takes part from another server what became of it, whichever way it was decided: whose state is
 * another than their server was last told. By `participations_unanswered`.
 */
export async function answerParticipations(db: Database): Promise<void> {
  const open = await db
    .select({ row: participations, event: events, person: actors })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .innerJoin(actors, eq(actors.id, participations.actorId))
    .where(
      and(
        isNotNull(participations.uri),
        isNotNull(actors.host),
        sql`${participations.answered} is distinct from ${participations.state}`,
        sql`(${participations.decidedAt} is null or ${participations.decidedAt} <= now() - ${patience})`,
      ),
    )
    .orderBy(asc(participations.updatedAt))
    .limit(1_000);
  for (const { row, event, person } of open) {
    const type = { accepted: "Accept", rejected: "Reject" }[row.state];
    const [actor] = await db.select().from(actors).where(eq(actors.id, event.organizerId));
    const inbox = person.inbox;
    if (type && actor && inbox && row.source === "join" && event.state !== "deleted") {
      const object = { type: "Join", id: row.uri, actor: actorUri(person), object: eventUri(event) };
      const fact = `answer ${row.id} ${row.state} ${row.updatedAt.getTime()} ${row.uri}`;
      const body = { object, to: [actorUri(person)] };
      const said = await say(db, { actor, type, objectId: row.id, fact: fact.slice(0, 200), body, inboxes: [inbox] });
      if (!said) await repeat(db, fact.slice(0, 200));
    }
    await db
      .update(participations)
      .set({ answered: row.state })
      .where(and(eq(participations.id, row.id), eq(participations.state, row.state)));
  }
}
