import { and, desc, eq, like, lt, or, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import { type ActorRow, localActor } from "./actors.ts";
import { actorPart, eventUri } from "./addresses.ts";
import { countEventsToTell, eventsToTell } from "./collections/event.ts";
import type { Json } from "./documents.ts";
import { PreparedActivity } from "./prepared.ts";
import { repliesOf } from "./replies.ts";

const { activities, follows } = schema;

const pageSize = 20;
const context = "https://www.w3.org/ns/activitystreams";

/**
 * What belongs to an outbox: public Creates, the server's own Announces, and those, by the id, of what members of other servers make
 * for a group; of what is still there to be seen.
 */
const inOutbox = ({ id, type }: ActorRow) =>
  and(
    eq(activities.actorId, id),
    eq(activities.public, true),
    or(
      and(
        eq(activities.type, type === "Application" ? "Announce" : "Create"),
        sql`(exists (select 1 from events e where e.id = ${activities.objectId} and e.listed)
          or exists (select 1 from posts p where p.id = ${activities.objectId} and p.listed))`,
      ),
      type === "Group"
        ? and(
            like(activities.fact, "announce id %"),
            sql`exists (select 1 from events e where e.id = ${activities.objectId} and e.listed and e.author_id is not null)`,
          )
        : undefined,
    ),
  );

/** One page of what an actor of this server said, newest first, from `cursor` (an activity's id) on. By `activities_outbox`. */
export async function outboxPage(db: Db, handle: string, cursor: string) {
  const actor = await localActor(db, handle);
  if (!actor || actor.deletedAt || (cursor !== "" && !isId(cursor))) return null;
  const rows = await db
    .select({ id: activities.id, document: activities.document })
    .from(activities)
    .where(and(inOutbox(actor), cursor === "" ? undefined : lt(activities.id, cursor)))
    .orderBy(desc(activities.id))
    .limit(pageSize + 1);
  const shown = rows.slice(0, pageSize);
  return {
    items: shown.map(({ document }) => new PreparedActivity(JSON.parse(document))),
    nextCursor: rows.length > pageSize ? shown.at(-1)!.id : null,
  };
}

/** How many activities the outbox of somebody of ours shows; 0 for anybody else. */
export async function outboxSize(db: Db, handle: string): Promise<number> {
  const actor = await localActor(db, handle);
  return actor ? db.$count(activities, inOutbox(actor)) : 0;
}

/** The other collections of an actor of this server, but for those of a group; null for one that there is not. */
export async function actorCollection(
  db: Db,
  actor: ActorRow,
  name: string,
  page: string | null,
): Promise<Json | null> {
  const id = actorPart(actor.handle, name);
  // Whom somebody follows, and who follows them, is theirs: a number alone.
  if (name === "followers") return counted(id, await counting(db, eq(follows.followedId, actor.id)));
  if (name === "following") return counted(id, await counting(db, eq(follows.followerId, actor.id)));
  if (name === "featured") return featured(db, actor, id);
  if (name === "events") return upcomingEvents(db, actor, id, page);
  return null;
}

const counted = (id: string, totalItems: number): Json => ({
  "@context": context,
  id,
  type: "OrderedCollection",
  totalItems,
});

const counting = (db: Db, whose: ReturnType<typeof eq>): Promise<number> =>
  db.$count(follows, and(whose, eq(follows.state, "accepted")));

/** What Mastodon pins to a profile: the next five, as addresses, since it reads no embedded Events there. */
async function featured(db: Db, actor: ActorRow, id: string): Promise<Json> {
  const rows = await eventsToTell(db, actor.id, { limit: 5 });
  const orderedItems = rows.map(eventUri);
  return { "@context": context, id, type: "OrderedCollection", totalItems: rows.length, orderedItems };
}

/** What is on or to come of a person, by start: ids alone. */
async function upcomingEvents(db: Db, actor: ActorRow, id: string, page: string | null): Promise<Json | null> {
  const totalItems = await countEventsToTell(db, actor.id);
  const head = { "@context": context, totalItems };
  if (page === null) return { ...head, id, type: "OrderedCollection", first: `${id}?page=1` };
  const number = /^[1-9]\d{0,4}$/.test(page) ? Number(page) : 0;
  if (number === 0) return null;
  const rows = await eventsToTell(db, actor.id, { offset: (number - 1) * pageSize, limit: pageSize });
  const more = number * pageSize < totalItems ? { next: `${id}?page=${number + 1}` } : {};
  return {
    ...head,
    id: `${id}?page=${number}`,
    type: "OrderedCollectionPage",
    partOf: id,
    ...more,
    orderedItems: rows.map(eventUri),
  };
}

/** The collections of an event: how many attend (never who), what was said about it, and its thread (FEP-7888). */
export async function eventCollection(
  db: Db,
  event: { id: string; seatsTaken: number; showCount: boolean; organizer: string },
  name: string,
  query: URLSearchParams,
): Promise<Json | null> {
  if (name === "replies" || name === "context") return repliesOf(db, { event, name, query });
  if (name !== "attendees") return null;
  const id = `${eventUri({ id: event.id, uri: null })}/attendees`;
  return { "@context": context, id, type: "Collection", ...(event.showCount ? { totalItems: event.seatsTaken } : {}) };
}
