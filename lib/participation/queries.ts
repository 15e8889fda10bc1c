import { and, asc, eq, gt, isNotNull, ne, or, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import { eventsVisibleTo, isTakenDown, openToParticipant, unlessClosed } from "#lib/policy/event.ts";
import { eventsWhere } from "#lib/policy/staff.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { isToken, tokenHash } from "#lib/secrets.ts";
import type { QuestionRow } from "./answers/input.ts";

const { actors, answers, events, participations, places, questions } = schema;

/** Whether mail can be written to somebody: at the address they typed, or at their account here. */
export const isReachable = ({
  emailKey,
  source,
  actorId,
}: Pick<typeof participations.$inferSelect, "emailKey" | "source" | "actorId">): boolean =>
  emailKey !== null || (source === "account" && actorId !== null);

/** The same as a filter over `participations`. */
export const reachable = (): SQL =>
  sql`(${participations.emailKey} is not null or (${participations.source} = 'account' and ${participations.actorId} is not null))`;

/** Whoever can be told anything: by mail, or by a note at their own server. By `actors_pkey`. */
export const tellable = (): SQL =>
  sql`(${reachable()} or exists (select 1 from ${actors} a where a.id = ${participations.actorId}
    and a.host is not null and a.inbox is not null and a.suspended_at is null))`;

/** Whether a mail to this address ever came back as a confirmation. By index `participations_mine`. */
export async function isProven(db: Db, key: Buffer): Promise<boolean> {
  const [row] = await db
    .select({ id: participations.id })
    .from(participations)
    .where(and(eq(participations.emailKey, key), isNotNull(participations.confirmedAt)))
    .limit(1);
  return row !== undefined;
}

/** What an event asks those who take part, in its order: at most five, by `questions_position`. */
export const listQuestions = (db: Db, eventId: string): Promise<QuestionRow[]> =>
  db.select().from(questions).where(eq(questions.eventId, eventId)).orderBy(asc(questions.position));

/** An event as far as the viewer sees it, with its questions and the database's clock; null when there is none. */
export async function getJoinable(db: Db, viewer: Viewer, eventId: string) {
  if (!isId(eventId)) return null;
  const [row] = await db
    .select({ event: events, now: sql`now()`.mapWith(events.createdAt) })
    .from(events)
    .where(and(eq(events.id, eventId), ne(events.state, "deleted"), eventsVisibleTo(viewer)));
  return row ? { ...row, questions: await listQuestions(db, eventId) } : null;
}

/** Everything that the page of a participation shows. */
export type ParticipationByToken = NonNullable<Awaited<ReturnType<typeof getParticipationByToken>>>;

/**
 * A participation by its mailed token, with event, organiser and place (by `participations_token`), questions and
 * answers; of an event that is not `open` to them any more nothing that it says, of one that the host has taken away its name
 * and date. Null when the token is malformed, unknown,
 * replaced, or its request has died. Reading changes nothing.
 */
export async function getParticipationByToken(db: Db, token: string) {
  if (!isToken(token)) return null;
  const [row] = await db
    .select({
      participation: participations,
      event: events,
      organizer: { handle: actors.handle, host: actors.host, name: actors.name, tone: actors.tone },
      place: places,
      open: openToParticipant(),
      now: sql`now()`.mapWith(events.createdAt),
    })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .innerJoin(actors, eq(actors.id, events.organizerId))
    .leftJoin(places, eq(places.id, events.placeId))
    .where(
      and(
        eq(participations.tokenHash, tokenHash(token)),
        or(ne(participations.state, "unconfirmed"), gt(participations.expiresAt, sql`now()`)),
      ),
    );
  if (!row) return null;
  if (!row.open || isTakenDown(row.event)) return { ...unlessClosed(row), asked: [] };
  const asked = await db
    .select({ question: questions, value: answers.value })
    .from(questions)
    .leftJoin(answers, and(eq(answers.questionId, questions.id), eq(answers.participationId, row.participation.id)))
    .where(eq(questions.eventId, row.event.id))
    .orderBy(asc(questions.position));
  return { ...row, asked };
}

/** Who takes part in an event, oldest first, 200 at most from `after` (an id) on. The event's rows by index `participations_list`. */
export async function listParticipations(
  db: Db,
  viewer: Viewer,
  { eventId, state, after }: { eventId: string; state?: string; after?: string },
) {
  return db
    .select({
      id: participations.id,
      state: participations.state,
      email: participations.email,
      name: participations.name,
      guests: participations.guests,
      message: participations.message,
      createdAt: participations.createdAt,
    })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .where(
      and(
        eq(participations.eventId, eventId),
        eventsWhere(viewer, "decide"),
        state ? eq(participations.state, state) : undefined,
        after ? gt(participations.id, after) : undefined,
      ),
    )
    .orderBy(asc(participations.id))
    .limit(200);
}
