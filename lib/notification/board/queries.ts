import { type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import type { EventRow } from "#lib/event/queries.ts";
import { asListed, type ListedEvent, summaryColumns, summaryJoins } from "#lib/event/search/queries/summaries.ts";
import type { QuestionRow } from "#lib/participation/answers/input.ts";

const { actors, announcements, comments, eventContacts, events, eventStaff, participations, questions } = schema;

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
  /** Whether anything was ever said under it. */
  said: boolean;
};

const rows = <Row>(of: SQL): SQL<Row[]> => sql<Row[]>`(select coalesce(json_agg(x), '[]') from (${of}) x)`;

const id = sql`${sql.placeholder("id")}::uuid`;

const boards = prepared((db) => {
  const related = sql`select ${summaryColumns} from ${events} e ${summaryJoins}
    where e.organizer_id = ${sql.placeholder("organizerId")}::uuid and e.start_time > now() and e.listed and e.id <> ${id}
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
  const waiting = sql`select count(*)::int from ${participations} where event_id = ${id} and state = 'waitlisted'`;
  return db
    .select({
      related: rows<ListedEvent>(related),
      people: rows<NamedPerson>(people),
      announcements: rows<Omit<Announced, "createdAt"> & { createdAt: string }>(shown),
      questions: rows<QuestionRow>(asked),
      waiting: sql<number>`case when ${sql.placeholder("waits")}::boolean then (${waiting}) else 0 end`,
      said: sql<boolean>`exists (select from ${comments} where event_id = ${id})`,
    })
    .from(sql`(select 1) as event`)
    .prepare("board");
});

/**
 * The board of an event, in one statement whatever hangs there. The caller has asked for the event as its viewer. By
 * `events_organizer`, `event_staff_once` and the contacts' primary key, `announcements_shown`, `questions_position`,
 * `participations_queue`, `comments_threads`.
 */
export async function getBoard(db: Db, event: Pick<EventRow, "id" | "organizerId" | "waitingList">): Promise<Board> {
  const [board] = await boards(db).execute({ id: event.id, organizerId: event.organizerId, waits: event.waitingList });
  return {
    ...board!,
    related: board!.related.map(asListed),
    announcements: board!.announcements.map((one) => ({ ...one, createdAt: new Date(one.createdAt) })),
  };
}
