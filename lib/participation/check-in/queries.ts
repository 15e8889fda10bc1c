import { and, asc, eq, or, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { containing } from "#lib/actor/queries.ts";
import { isId } from "#lib/ids.ts";
import { addressed } from "../desk/queries.ts";

const { participations } = schema;

export type Arrival = Awaited<ReturnType<typeof listArrivals>>[number];
type Asked = { words?: string; after?: string | null; limit: number };
/** Whether whoever asks may know addresses: by them those are known again who gave no name. */
type Door = { addresses: boolean };

const arrival = ({ addresses }: Door) => ({
  id: participations.id,
  name: participations.name,
  email: addresses ? participations.email : sql<null>`null`,
  guests: participations.guests,
  state: participations.state,
  checkedInAt: participations.checkedInAt,
});

/**
 * Who is coming, for those at the door: names and seats, no answer, by which nothing can be searched either. By name,
 * whoever gave none last, a page from `after` (an id) on. By `participations_list`.
 */
export const listArrivals = (db: Db, eventId: string, door: Door, { words = "", after, limit }: Asked) =>
  db
    .select(arrival(door))
    .from(participations)
    .where(
      and(
        eq(participations.eventId, eventId),
        eq(participations.state, "accepted"),
        words ? or(containing(participations.name, words), door.addresses ? addressed(words) : undefined) : undefined,
        after && isId(after)
          ? sql`(${participations.name} = '', fold(${participations.name}), ${participations.id}) >
              (select m.name = '', fold(m.name), m.id from participations m where m.id = ${after})`
          : undefined,
      ),
    )
    .orderBy(sql`${participations.name} = ''`, sql`fold(${participations.name})`, asc(participations.id))
    .limit(limit);

/** One of an event's participations as the door sees it, whatever its state; null for others. By primary key. */
export async function getArrival(db: Db, eventId: string, door: Door, id: string): Promise<Arrival | null> {
  if (!isId(id)) return null;
  const [row] = await db
    .select(arrival(door))
    .from(participations)
    .where(and(eq(participations.id, id), eq(participations.eventId, eventId)));
  return row ?? null;
}

/** How many people are expected, guests among them, and how many of them are here. By `participations_list`. */
export async function countArrivals(db: Db, eventId: string): Promise<{ expected: number; here: number }> {
  const people = sql`sum(1 + ${participations.guests})`;
  const [row] = await db
    .select({
      expected: sql<number>`coalesce(${people}, 0)::int`,
      here: sql<number>`coalesce(${people} filter (where ${participations.checkedInAt} is not null), 0)::int`,
    })
    .from(participations)
    .where(and(eq(participations.eventId, eventId), eq(participations.state, "accepted")));
  return row!;
}
