import { and, desc, eq, gt, inArray, isNotNull, ne, or, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { openToParticipant, unlessClosed } from "#lib/policy/event.ts";
import { addressKey, linkToken } from "#lib/secrets.ts";

const { actors, events, participations, places } = schema;

/** Whose participations: an account, whose address counts once a mail of ours has proven it. */
type Owner = { id: string; email: string | null; confirmedAt: Date | null };

/** By `participations_mine` for the address, `participations_actor` through the account's profiles. */
function ownedBy(db: Db, { id, email, confirmedAt }: Owner): SQL {
  const profiles = db.select({ id: actors.id }).from(actors).where(eq(actors.accountId, id));
  const byActor = inArray(participations.actorId, profiles);
  return email && confirmedAt ? or(byActor, eq(participations.emailKey, addressKey(email)))! : byActor;
}

const living = (): SQL => or(ne(participations.state, "unconfirmed"), gt(participations.expiresAt, sql`now()`))!;

/** What an account takes part in, the latest event first, 200 at most or as many as are asked for, each with the link that opens it; of what is not `open` to them any more nothing that it says. */
export async function listOwnParticipations(db: Db, owner: Owner, limit = 200) {
  const rows = await db
    .select({
      id: participations.id,
      state: participations.state,
      guests: participations.guests,
      name: participations.name,
      message: participations.message,
      createdAt: participations.createdAt,
      generation: participations.tokenGeneration,
      linked: sql<boolean>`${participations.tokenHash} is not null`,
      event: events,
      open: openToParticipant(),
      place: places,
      organizer: { handle: actors.handle, host: actors.host, name: actors.name, tone: actors.tone },
    })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .innerJoin(actors, eq(actors.id, events.organizerId))
    .leftJoin(places, eq(places.id, events.placeId))
    .where(and(ownedBy(db, owner), living()))
    .orderBy(desc(events.startTime), desc(participations.id))
    .limit(limit);
  return rows.map(({ generation, linked, ...row }) => ({
    ...unlessClosed(row),
    token: linked ? linkToken("participation", row.id, generation) : null,
  }));
}

/** The tokens of all participations of an account, however many. */
export async function listOwnLinks(db: Db, owner: Owner): Promise<string[]> {
  const rows = await db
    .select({ id: participations.id, generation: participations.tokenGeneration })
    .from(participations)
    .where(and(ownedBy(db, owner), isNotNull(participations.tokenHash)));
  return rows.map(({ id, generation }) => linkToken("participation", id, generation));
}
