import { and, asc, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { containing } from "#lib/actor/queries.ts";
import { isId } from "#lib/ids.ts";
import { presentStates } from "#lib/policy/participation.ts";
import { eventsWhere, type Right, roleAt } from "#lib/policy/staff.ts";
import type { Viewer } from "#lib/policy/viewer.ts";

const { answers, events, participations } = schema;

/** Which event a participation is of, if the viewer decides on it. By primary key. */
export async function getDecidable(db: Db, viewer: Viewer, id: string) {
  const [found] = await db
    .select({ id: participations.id, eventId: participations.eventId })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .where(and(eq(participations.id, id), eventsWhere(viewer, "decide")));
  return found ?? null;
}

/** An event whose participants the viewer decides on (or what else `right` says), with their role and the database's clock; null when there is none for them. */
export async function getDecidableEvent(db: Db, viewer: Viewer, eventId: string, right: Right = "decide") {
  if (!isId(eventId)) return null;
  const [found] = await db
    .select({ event: events, role: roleAt(viewer), now: sql`now()`.mapWith(events.createdAt) })
    .from(events)
    .where(and(eq(events.id, eventId), sql`${events.state} <> 'deleted'`, eventsWhere(viewer, right)));
  return found ?? null;
}

/** The lists of an organiser, in the order of their tabs. */
export const shelves = ["pending", "accepted", "tentative", "waitlisted", "unconfirmed", "rejected", "left"] as const;
export type Shelf = (typeof shelves)[number];

export type Participant = Awaited<ReturnType<typeof listParticipants>>[number];
export type Asked = { state: Shelf; words?: string; after?: string; limit: number };

const listed = {
  id: participations.id,
  state: participations.state,
  email: participations.email,
  name: participations.name,
  guests: participations.guests,
  message: participations.message,
  source: participations.source,
  createdAt: participations.createdAt,
  waitlistedAt: participations.waitlistedAt,
  expiresAt: participations.expiresAt,
  checkedInAt: participations.checkedInAt,
  unreachable: sql<boolean>`${participations.unreachableAt} is not null`,
  erased: sql<boolean>`${participations.erasedAt} is not null`,
  // Named in full: within a column of a select from one table Drizzle leaves the table's name out. By `answers_pkey`.
  answers: sql<{ id: string; label: string; kind: string; value: string }[]>`coalesce((
    select json_agg(json_build_object('id', q.id, 'label', q.label, 'kind', q.kind, 'value', a.value) order by q.position)
    from answers a join questions q on q.id = a.question_id where a.participation_id = participations.id), '[]')`,
};

/** Whether the address contains the words: it has no accents, and folding ten thousand of them is most of a search. */
export const addressed = (words: string): SQL =>
  sql`position(${words.toLowerCase()} in lower(coalesce(${participations.email}, ''))) > 0`;

/** Names, addresses, messages and answers that contain the words. */
const saying = (words: string): SQL =>
  sql`(${containing(participations.name, words)} or ${addressed(words)}
    or ${containing(participations.message, words)}
    or exists (select 1 from ${answers} where ${answers.participationId} = ${participations.id} and ${containing(answers.value, words)}))`;

/**
 * Who stands on one of an event's lists, oldest first (the waiting list in its order), a page from `after` (an id) on.
 * Rows of the event by `participations_list`; the caller has asked for the event as its viewer.
 */
export function listParticipants(db: Db, eventId: string, { state, words, after, limit }: Asked) {
  const queue = state === "waitlisted";
  const place = queue
    ? sql`(${participations.waitlistedAt}, ${participations.id})`
    : sql`(${participations.createdAt}, ${participations.id})`;
  const mine = queue ? sql`m.waitlisted_at, m.id` : sql`m.created_at, m.id`;
  return db
    .select(listed)
    .from(participations)
    .where(
      and(
        eq(participations.eventId, eventId),
        eq(participations.state, state),
        state === "unconfirmed" ? gt(participations.expiresAt, sql`now()`) : undefined,
        words ? saying(words) : undefined,
        after && isId(after) ? sql`${place} > (select ${mine} from participations m where m.id = ${after})` : undefined,
      ),
    )
    .orderBy(asc(queue ? participations.waitlistedAt : participations.createdAt), asc(participations.id))
    .limit(limit);
}

/** Everybody who is in, asked or waits, in the order in which they asked, a page from `after` on. By `participations_list`. */
export const listForTable = (db: Db, eventId: string, after: string | null, limit = 1_000) =>
  db
    .select(listed)
    .from(participations)
    .where(
      and(
        eq(participations.eventId, eventId),
        inArray(participations.state, presentStates),
        after ? gt(participations.id, after) : undefined,
      ),
    )
    .orderBy(asc(participations.id))
    .limit(limit);
