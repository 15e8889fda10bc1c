import { and, eq, inArray, or, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { isMissing } from "#lib/group/roster/queries.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { seenBy } from "#lib/policy/event.ts";
import { joinObstacle, type Obstacle } from "#lib/policy/participation.ts";
import { Refusal } from "#lib/refusal.ts";
import { linkToken, tokenHash } from "#lib/secrets.ts";
import { admit } from "../admission/commands.ts";
import { releaseSeats } from "../waiting-list/commands.ts";

const { events, participations } = schema;

type EventRow = typeof events.$inferSelect;
type Row = typeof participations.$inferSelect;

/** Somebody of another server, as their server names them. */
export type RemotePerson = { id: string; name: string; handle: string; host: string };

/** By which door of the network somebody says whether they come: a Join, an answer to the event itself, a vote, a word. */
export type RemoteSource = "join" | "invite" | "poll" | "follow" | "reply";
export type Word = "yes" | "maybe" | "no";

type RemoteAnswer = {
  word: Word;
  /** The id of the activity or object that says so; what answers a Join embeds it. */
  uri: string;
  source: RemoteSource;
  message: string;
  language: string;
  /** Whether the very same was shown before. */
  again?: boolean;
};

type Found = { event: EventRow; now: Date; row: Row | undefined };

/** An event of ours and what somebody has there, locked in that order; `seen`: whether they may see it. */
async function lock(
  tx: Transaction,
  person: RemotePerson,
  eventId: string,
): Promise<(Found & { seen: boolean }) | null> {
  const [at] = await tx
    .select({
      event: events,
      seen: seenBy({ kind: "remote", actorId: person.id }),
      now: sql`now()`.mapWith(events.createdAt),
    })
    .from(events)
    .where(eq(events.id, eventId))
    .for("no key update");
  if (!at || at.event.uri !== null) return null;
  const [row] = await tx
    .select()
    .from(participations)
    .where(and(eq(participations.eventId, eventId), eq(participations.actorId, person.id)))
    .for("update");
  return { ...at, row };
}

/** The states in which a word is said already: said again, it changes nothing. */
const saidBy: Record<Word, string[]> = {
  yes: ["accepted", "pending", "waitlisted"],
  maybe: ["tentative"],
  no: ["left"],
};

/**
 * Takes what somebody of another server says of coming, by the same rules as a form: yes is a seat at once, a request, or a
 * place in the queue; maybe is told of changes and has no seat; no has neither. The latest word holds; the same again
 * changes nothing, and is answered again. Returns what stands in the way, or null.
 * @throws Refusal not-found for an event that is not ours or not theirs to see.
 */
export async function answerFromElsewhere(
  tx: Transaction,
  person: RemotePerson,
  eventId: string,
  answer: RemoteAnswer,
): Promise<Obstacle | null> {
  const found = await lock(tx, person, eventId);
  if (!found?.seen) throw new Refusal("not-found");
  const { row } = found;
  // Shown once more after it was taken back, it is a copy of somebody's: only what still stands is answered again.
  if (answer.again && row && (row.uri !== answer.uri || row.state === "left")) return null;
  const declined = row?.state === "rejected" && row.decidedAt !== null;
  if (row && (declined || saidBy[answer.word].includes(row.state))) {
    await write(tx, person, found, answer, row.state);
    return null;
  }
  return answer.word === "yes" ? come(tx, person, found, answer) : stayAway(tx, person, found, answer);
}

async function come(tx: Transaction, person: RemotePerson, found: Found, answer: RemoteAnswer) {
  const admitted = await admit(tx, found.event, 1, found.now, { ask: await isStranger(tx, person, found.event) });
  if ("obstacle" in admitted) return admitted.obstacle;
  await write(tx, person, found, answer, admitted.state);
  return null;
}

/**
 * Whether what is for the members of a group elsewhere is asked for by somebody whom its list does not have. Its server vouches
 * for its people; where the list says otherwise, it is the organiser's to decide.
 */
const isStranger = async (tx: Transaction, { id }: RemotePerson, event: EventRow): Promise<boolean> =>
  event.visibility === "members" && event.authorId !== null && isMissing(tx, event.organizerId, id);

/** Maybe, or no: what was held is given back. Who is in may say so also where nobody else is let in. */
async function stayAway(tx: Transaction, person: RemotePerson, found: Found, answer: RemoteAnswer) {
  const { event, row, now } = found;
  const free = answer.word === "no" || (row && saidBy.yes.includes(row.state));
  const asked = { ...event, maximumAttendeeCapacity: null, ...(free ? { joinMode: "free" } : {}) };
  const obstacle = joinObstacle(asked, 1, now);
  if (obstacle && !(answer.word === "no" && obstacle === "event-cancelled")) return obstacle;
  await write(tx, person, found, answer, answer.word === "no" ? "left" : "tentative");
  if (row?.state === "accepted") await releaseSeats(tx, event.id, 1 + row.guests);
  return null;
}

/** Friendica and Hubzilla wait for no answer to what holds at once: they show it already. */
const settledAtOnce = (source: RemoteSource, state: string): boolean =>
  source === "invite" && ["accepted", "tentative", "left"].includes(state);

async function write(
  tx: Transaction,
  person: RemotePerson,
  { event, row }: Found,
  { uri, source, message, language }: RemoteAnswer,
  state: string,
): Promise<void> {
  const id = row?.id ?? newId();
  const said = { uri, source, answered: settledAtOnce(source, state) ? state : null };
  const begun = {
    state,
    ...(message || !row ? { message: message.slice(0, 1000) } : {}),
    name: `${person.name || person.handle} (@${person.handle}@${person.host})`.slice(0, 100),
    confirmedAt: sql`now()`,
    waitlistedAt: state === "waitlisted" ? sql`clock_timestamp()` : null,
    leftAt: state === "left" ? sql`now()` : null,
    expiresAt: null,
    decidedAt: null,
    erasedAt: null,
    updatedAt: sql`now()`,
    // The one link by which they see, change and cancel it: derived anew wherever it is told, kept as a hash.
    tokenHash: tokenHash(linkToken("participation", id, row?.tokenGeneration ?? 0)),
  };
  const change = row?.state === state ? said : { ...said, ...begun };
  if (row) await tx.update(participations).set(change).where(eq(participations.id, row.id));
  else
    await tx.insert(participations).values({
      ...{ ...said, ...begun, message: message.slice(0, 1000) },
      ...{ id, eventId: event.id, actorId: person.id, language, timezone: event.timezone },
    });
  await enqueue(tx, "participation-answers", {}, { once: id });
}

/**
 * Takes back what somebody of another server said: their place is free, also where they may not see the event any more. `of`:
 * the id of what they take back; where they said something else since then it stands. What was not there stays so.
 */
export async function leaveFromElsewhere(
  tx: Transaction,
  person: RemotePerson,
  eventId: string,
  of: string | null = null,
): Promise<void> {
  const row = (await lock(tx, person, eventId))?.row;
  if (!row || ![...saidBy.yes, ...saidBy.maybe].includes(row.state) || (of !== null && row.uri !== of)) return;
  const gone = { state: "left", answered: "left", leftAt: sql`now()`, updatedAt: sql`now()`, expiresAt: null };
  await tx.update(participations).set(gone).where(eq(participations.id, row.id));
  if (row.state === "accepted") await releaseSeats(tx, eventId, 1 + row.guests);
}

/** Gives back all that somebody has at events to come: they are gone from their server. By `participations_actor`. */
export async function leaveAll(tx: Transaction, actorId: string): Promise<void> {
  const open = await tx
    .select({ id: events.id })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .where(and(eq(participations.actorId, actorId), sql`${events.endTime} > now()`))
    .orderBy(events.id);
  for (const { id } of open) await leaveFromElsewhere(tx, { id: actorId, name: "", handle: "", host: "" }, id);
}

/**
 * Ends the requests from other servers that nobody can grant any more: who waited for a seat when the event began, and
 * whoever asked when it is called off or over. By `participations_open_elsewhere`.
 */
export async function endOpenRequests(db: Database): Promise<void> {
  const over = or(
    sql`${events.status} = 'cancelled'`,
    sql`${events.endTime} <= now()`,
    and(eq(participations.state, "waitlisted"), sql`${events.startTime} <= now()`),
  );
  await transact(db, async (tx) => {
    const rows = await tx
      .select({ id: participations.id })
      .from(participations)
      .innerJoin(events, eq(events.id, participations.eventId))
      .where(
        and(
          sql`${participations.state} in ('pending', 'waitlisted') and ${participations.uri} is not null`,
          sql`${events.uri} is null`,
          over,
        ),
      )
      .limit(1_000)
      .for("update", { of: participations, skipLocked: true });
    const ids = rows.map(({ id }) => id);
    const ended = { state: "rejected", updatedAt: sql`now()` };
    if (ids.length > 0) await tx.update(participations).set(ended).where(inArray(participations.id, ids));
  });
}
