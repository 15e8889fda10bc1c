import { and, desc, eq, inArray, isNull, ne, or, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { eventsAmongUs } from "#lib/policy/group.ts";
import type { Viewer } from "#lib/policy/viewer.ts";

const { actors, events, places } = schema;

const whole = {
  event: events,
  place: places,
  organizer: { handle: actors.handle, host: actors.host, name: actors.name, tone: actors.tone },
};

/** The events of all profiles of an account, the latest first, 2,000 at most. By `actors_account`, `events_organizer`, `events_author`. */
export const listOwnEvents = (db: Db, accountId: string) =>
  db
    .select(whole)
    .from(actors)
    .innerJoin(events, or(eq(events.organizerId, actors.id), eq(events.authorId, actors.id)))
    .leftJoin(places, eq(places.id, events.placeId))
    .where(and(eq(actors.accountId, accountId), isNull(actors.deletedAt), ne(events.state, "deleted")))
    .orderBy(desc(events.startTime), desc(events.id))
    .limit(2_000);

/**
 * What is on for an account as a member of groups or a follower alone, which no public feed has: from a month ago on, soonest first,
 * 500 at most. By `actors_account`, `memberships_member`, `follows_pair`, `events_organizer`.
 */
export async function listInnerEvents(db: Db, accountId: string) {
  const own = await db
    .select({ id: actors.id })
    .from(actors)
    .where(and(eq(actors.accountId, accountId), isNull(actors.deletedAt), isNull(actors.suspendedAt)));
  const viewer: Viewer = { kind: "account", accountId, role: "member", actorIds: own.map(({ id }) => id) };
  return db
    .select(whole)
    .from(events)
    .innerJoin(actors, eq(actors.id, events.organizerId))
    .leftJoin(places, eq(places.id, events.placeId))
    .where(
      and(
        eq(events.state, "published"),
        isNull(events.hiddenAt),
        inArray(events.visibility, ["followers", "members"]),
        eventsAmongUs(viewer),
        sql`${events.endTime} > now() - interval '30 days'`,
      ),
    )
    .orderBy(events.startTime, events.id)
    .limit(500);
}
