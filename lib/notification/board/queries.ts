import { type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import type { EventRow } from "#lib/event/queries.ts";
import { asListed, type ListedEvent, summaryColumns, summaryJoins } from "#lib/event/search/queries/summaries.ts";
import type { QuestionRow } from "#lib/participation/answers/input.ts";

const { actors, announcements, eventContacts, events, eventStaff, participations, questions } = schema;

/** Somebody who is named on an event's page; `contact`: one may ask them about it, else they organise it too. */
export type NamedPerson = { handle: string; host: string | null; name: string; contact: boolean };

/** What the organiser told those who come, where they chose to show it. */
export type Announced = { id: string; name: string; content: string; createdAt: Date };

/** What hangs beside an event on its page. */
export type Board = {
  /** What else the organiser has on, soonest first, three at most. */
  related: ListedEvent[];
  people: NamedPerson[];
  /** The latest first, ten at most. */
  announcements: Announced[];
  /** What is asked of those who take part, in its order, five at most. */
  questions: QuestionRow[];
  /** How many people (parties, not seats) wait for a place. */
  waiting: number;
};

const rows = (of: SQL): SQL => sql`(select coalesce(json_agg(x), '[]') from (${of}) x)`;

/**
 * The board of an event, in one statement whatever hangs there. The caller has asked for the event as its viewer. By
 * `events_organizer`, `event_staff_once` and the contacts' primary key, `announcements_shown`, `questions_position`,
 * `participations_queue`.
 */
export async function getBoard(
  db: Db,
  { id, organizerId, waitingList }: Pick<EventRow, "id" | "organizerId" | "waitingList">,
): Promise<Board> {
  const related = sql`select ${summaryColumns} from ${events} e ${summaryJoins}
    where e.organizer_id = ${organizerId} and e.start_time > now() and e.listed and e.id <> ${id}
    order by e.start_time, e.id limit 3`;
  const person = sql`p.handle, p.host, coalesce(nullif(p.name, ''), p.handle) as name`;
  const people = sql`select handle, host, name, contact from (
      select ${person}, false as contact, s.id::text as since from ${eventStaff} s join ${actors} p on p.id = s.actor_id
      where s.event_id = ${id} and s.role = 'organizer' and s.accepted_at is not null
      union all
      select ${person}, true, c.created_at::text from ${eventContacts} c join ${actors} p on p.id = c.actor_id
      where c.event_id = ${id} and p.deleted_at is null and p.suspended_at is null) named order by since`;
  const shown = sql`select id, name, content, created_at as "createdAt" from ${announcements}
    where event_id = ${id} and shown order by created_at desc limit 10`;
  const asked = sql`select id, event_id as "eventId", position, kind, label, choices, required from ${questions}
    where event_id = ${id} order by position`;
  const waiting = waitingList
    ? sql`(select count(*)::int from ${participations} where event_id = ${id} and state = 'waitlisted')`
    : sql`0`;
  const [board] = await db.execute<Board>(sql`select ${rows(related)} as related, ${rows(people)} as people,
    ${rows(shown)} as announcements, ${rows(asked)} as questions, ${waiting} as waiting`);
  return {
    ...board!,
    related: board!.related.map(asListed),
    announcements: board!.announcements.map((one) => ({ ...one, createdAt: new Date(one.createdAt) })),
  };
}
