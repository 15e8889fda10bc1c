import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { type Db, schema, type Transaction, transact } from "#db/client.ts";
import { expectHere } from "#lib/group/commands.ts";
import { writeLog } from "#lib/group/log/commands.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { expectOwnPictures } from "#lib/media/queries.ts";
import { localityOf, placeLine } from "#lib/place/address.ts";
import { type PlaceRow, placesFor } from "#lib/place/commands.ts";
import { isWidened, keptBack, seenBy } from "#lib/policy/event.ts";
import { groupMemberOf, organisersWhere } from "#lib/policy/group.ts";
import { may, type Right, roleAt } from "#lib/policy/staff.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { ownHost } from "#lib/urls.ts";
import { makerOf, tellAuthor } from "./author/commands.ts";
import { changesBetween, figureOf, previousStart, toldChanges } from "./figure.ts";
import type { EventChange, EventInput } from "./input.ts";
import { callOff, openNotice } from "./notice/commands.ts";
import { getOpenNotice } from "./notice/queries.ts";
import { setQuestions } from "./questions/commands.ts";
import { timeColumns } from "./when.ts";

const { actors, comments, eventContacts, eventNotices, events, eventStaff, places } = schema;

/** A new event, and where it came from if it was read from a calendar. */
export type NewEvent = EventInput & {
  /** The form's id, so that a form sent twice makes one event; else a new one. */
  id?: string;
} & Partial<
    Pick<typeof events.$inferInsert, "importFingerprint" | "importSequence" | "seriesId" | "recurrenceId" | "coverId">
  >;

/** Where searches may find an event: nothing when its place is kept back until one is accepted. */
function publicPlace(place: PlaceRow | null, disclosure: string) {
  const shown = disclosure === "everyone" ? place : null;
  return {
    latitude: shown?.latitude ?? null,
    longitude: shown?.longitude ?? null,
    locality: shown ? localityOf(shown) : null,
  };
}

/** What is asked of an organiser: as which member of it the viewer acts, and whether they may make events in its name. */
const organizing = (viewer: Viewer) => ({
  type: actors.type,
  host: actors.host,
  movedTo: actors.movedTo,
  member: groupMemberOf(viewer),
  allowed: sql<boolean>`${organisersWhere(viewer)}`,
});

/**
 * In whose name events are made: a person here, a group, or a group of another server, as one of its members here.
 * @throws Refusal organizer-unknown, group-moved, forbidden.
 */
async function organizerOf(tx: Transaction, viewer: Viewer, id: string) {
  const [organizer] = await tx
    .select(organizing(viewer))
    .from(actors)
    .where(and(eq(actors.id, id), isNull(actors.deletedAt), isNull(actors.suspendedAt)));
  if (!organizer || (organizer.host !== null && organizer.type !== "Group"))
    throw new Refusal("organizer-unknown", { field: "organizer" });
  expectHere(organizer);
  if (!organizer.allowed || (organizer.host !== null && !organizer.member)) throw new Refusal("forbidden");
  return organizer;
}

type Organizer = { host: string | null; member: string | null };

/** Whose an event is besides its organiser's: for a group of another server, whoever makes it here, until that one passed it on. */
export const inNameOf = ({ host, member }: Organizer) =>
  host === null ? { authorId: null, awaiting: false } : { authorId: member, awaiting: true };

/** Whose deed it is in the log of a group of this server; null: nobody's. */
const deedOf = ({ host, member }: Organizer): string | null => (host === null ? member : null);

/** Only a group has members whom an event may be for. @throws Refusal audience-none. */
function expectAudience({ type }: { type: string }, visibility?: string): void {
  if (visibility === "members" && type !== "Group") throw new Refusal("audience-none", { field: "visibility" });
}

/**
 * Makes events of one organiser, all or none, and returns their ids in the order given.
 * @throws Refusal forbidden, organizer-unknown, group-moved, audience-none, picture-foreign, bad-form, date-in-gap,
 * end-before-start.
 */
export async function createEvents(db: Db, viewer: Viewer, organizerId: string, inputs: NewEvent[]): Promise<string[]> {
  return transact(db, async (tx) => {
    const organizer = await organizerOf(tx, viewer, organizerId);
    for (const { visibility } of inputs) expectAudience(organizer, visibility);
    for (const { content = "" } of inputs) await expectOwnPictures(tx, viewer, content);
    const placed = inputs.flatMap(({ place }) => (place ? [place] : []));
    const found = await placesFor(tx, placed);
    const rows = inputs.map((input) => {
      const { place, questions: _, id = newId(), state = "draft", placeDisclosure = "everyone", ...rest } = input;
      const row = place ? found[placed.indexOf(place)]! : null;
      return {
        ...rest,
        ...timeColumns({ ...rest, allDay: rest.allDay ?? false, endWall: rest.endWall ?? null }),
        id,
        organizerId,
        ...inNameOf(organizer),
        uid: rest.uid ?? `${id}@${ownHost()}`,
        state,
        publishedAt: state === "published" ? new Date() : null,
        placeId: row?.id ?? null,
        placeDisclosure,
        ...publicPlace(row, placeDisclosure),
      };
    });
    const made = new Set(rows.length > 0 ? await insertNew(tx, organizerId, rows) : []);
    // What the operator reads in by thousands is nobody's deed.
    const actorId = deedOf(organizer);
    for (const [index, object] of rows.entries()) {
      if (!made.has(object.id)) continue;
      if (actorId) await writeLog(tx, { groupId: organizerId, actorId, kind: "event-made", object });
      const { questions } = inputs[index]!;
      if (questions?.length) await setQuestions(tx, object.id, questions);
    }
    return rows.map(({ id }) => id);
  });
}

/**
 * Returns the ids of those that were not there: a form that comes twice at once waits for itself, and makes one. By primary key.
 * @throws Refusal bad-form for an id that is another organiser's.
 */
async function insertNew(
  tx: Transaction,
  organizerId: string,
  rows: (typeof events.$inferInsert & { id: string })[],
): Promise<string[]> {
  const made = await tx
    .insert(events)
    .values(rows)
    .onConflictDoNothing({ target: events.id })
    .returning({ id: events.id });
  const ids = made.map(({ id }) => id);
  const known = rows.filter(({ id }) => !ids.includes(id)).map(({ id }) => id);
  const ours = and(inArray(events.id, known), eq(events.organizerId, organizerId));
  if (known.length > 0 && (await tx.$count(events, ours)) < known.length) throw new Refusal("bad-form");
  return ids;
}

/** Makes one event (see `createEvents`) and returns its id; other servers hear of it, unlike of a whole calendar. */
export const createEvent = (db: Db, viewer: Viewer, organizerId: string, input: NewEvent): Promise<string> =>
  transact(db, async (tx) => {
    const [id] = await createEvents(tx, viewer, organizerId, [input]);
    if (input.state === "published") await enqueue(tx, "event-out", { eventId: id! });
    return id!;
  });

/** The event's row, locked, with its place. @throws Refusal not-found, also for who has not this right there; gone. */
export async function lockEvent(tx: Transaction, viewer: Viewer, id: string, right: Right = "change") {
  // First the lock, then the question what they are there: whoever lost a role while this waited has none.
  await tx.select({ id: events.id }).from(events).where(eq(events.id, id)).for("update");
  const [found] = await tx
    .select({
      event: events,
      place: places,
      organizer: organizing(viewer),
      role: roleAt(viewer),
      seen: seenBy(viewer),
    })
    .from(events)
    .innerJoin(actors, eq(actors.id, events.organizerId))
    .leftJoin(places, eq(places.id, events.placeId))
    .where(eq(events.id, id));
  if (!found || (!found.role && !found.seen)) throw new Refusal("not-found");
  if (found.event.state === "deleted") throw new Refusal("gone");
  // To change it is as absent as its desk, also where its page is there for everybody.
  if (!may(found.role, right)) throw new Refusal("not-found");
  return found;
}

const isOver = ({ endTime }: { endTime: Date }) => endTime < new Date();

export type Changed = {
  sequence: number;
  /** When participants are told of it; null when nothing that concerns them changed, or it is as they know it. */
  tellAt: Date | null;
  /** Told are only those who have a place: nothing but what is kept back from the others changed. */
  acceptedOnly: boolean;
};

/**
 * Changes an event. Once it was public, time, place, online address and status raise `sequence`, and participants of a published event that
 * is not over are told once, ten minutes after the first of several changes, or at once with `now`, and not of what was taken back. `seenAt` is the
 * `updatedAt` that the organiser saw.
 * @throws Refusal not-found, gone, changed-meanwhile, audience-none, picture-foreign, date-in-gap, end-before-start.
 */
export async function updateEvent(
  db: Db,
  viewer: Viewer,
  id: string,
  change: EventChange,
  { now = false, seenAt }: { now?: boolean; seenAt?: Date } = {},
): Promise<Changed & { updatedAt: Date }> {
  return transact(db, async (tx) => {
    const { event, place, organizer } = await lockEvent(tx, viewer, id);
    expectAudience(organizer, change.visibility);
    if (seenAt && seenAt.getTime() !== event.updatedAt.getTime()) throw new Refusal("changed-meanwhile");
    await expectOwnPictures(tx, viewer, change.content ?? "", event.pictures);
    const { place: typed, questions, ...rest } = change;
    const nextPlace = typed === undefined ? place : typed && (await placesFor(tx, [typed]))[0]!;
    const next = {
      ...event,
      ...rest,
      ...timeColumns({ ...event, ...rest }),
      placeId: nextPlace?.id ?? null,
      ...publicPlace(nextPlace, rest.placeDisclosure ?? event.placeDisclosure),
    };
    const [before, after] = [
      figureOf(event, place ? placeLine(place) : ""),
      figureOf(next, nextPlace ? placeLine(nextPlace) : ""),
    ];
    const moved = changesBetween(before, after).length > 0;
    const known = (event.publishedAt && (await getOpenNotice(tx, id))?.before) || before;
    const { id: _, listed, search, pictures, createdAt, importFingerprint, importSequence, ...columns } = next;
    const updatedAt = new Date();
    // Of a draft nobody knows a former time.
    const sequence = event.sequence + (moved && event.publishedAt ? 1 : 0);
    await tx
      .update(events)
      .set({
        ...columns,
        sequence,
        previousStartTime: event.publishedAt ? previousStart(known, event.previousStartTime, next) : null,
        cancellationMessage: next.status === "cancelled" ? event.cancellationMessage : "",
        updatedAt,
      })
      .where(eq(events.id, id));
    if (questions) await setQuestions(tx, id, questions);
    if (isWidened(event.visibility, next.visibility)) await keepAmongThem(tx, id);
    if (event.publishedAt) await enqueue(tx, "event-out", { eventId: id });
    // More places are for those who wait; who comes meanwhile stands behind them in any case.
    if (next.maximumAttendeeCapacity !== event.maximumAttendeeCapacity) await enqueue(tx, "waiting-list", {});
    const done = { sequence, updatedAt, acceptedOnly: false };
    if (!moved || event.state !== "published" || (isOver(event) && isOver(next))) return { ...done, tellAt: null };
    if (next.status === "cancelled")
      return { ...done, tellAt: event.status === "cancelled" ? null : await callOff(tx, id, "event-cancelled") };
    if (changesBetween(known, after).length === 0) return { ...done, tellAt: null };
    const acceptedOnly = toldChanges(known, after, keptBack(next)).length === 0;
    return { ...done, acceptedOnly, tellAt: await openNotice(tx, id, before, now) };
  });
}

/** What was said among fewer is not shown to more: hidden, until those who run the event show it again. By `comments_event`. */
async function keepAmongThem(tx: Transaction, eventId: string): Promise<void> {
  const said = and(eq(comments.eventId, eventId), eq(comments.state, "published"));
  await tx.update(comments).set({ state: "hidden" }).where(said);
}

/**
 * Calls an event off: its page stays and says so, participants are told at once with the organiser's message.
 * @throws Refusal not-found, gone, state-unchanged.
 */
export async function cancelEvent(db: Db, viewer: Viewer, id: string, message = ""): Promise<Changed> {
  return transact(db, async (tx) => {
    const { event } = await lockEvent(tx, viewer, id);
    if (event.status === "cancelled") throw new Refusal("state-unchanged");
    const sequence = event.sequence + 1;
    await tx
      .update(events)
      .set({ status: "cancelled", cancellationMessage: message, sequence, updatedAt: new Date() })
      .where(eq(events.id, id));
    if (event.publishedAt) await enqueue(tx, "event-out", { eventId: id });
    const tells = event.state === "published" && !isOver(event);
    return { sequence, acceptedOnly: false, tellAt: tells ? await callOff(tx, id, "event-cancelled") : null };
  });
}

/**
 * Takes an event away. What was published leaves a tombstone with its name and date (410), its text, place, facts and
 * contact are gone, and participants are told, and whoever else made it for the group; a draft that nobody saw leaves nothing.
 * @throws Refusal not-found, gone.
 */
export async function deleteEvent(db: Db, viewer: Viewer, id: string): Promise<Changed> {
  return transact(db, async (tx) => {
    const { event, organizer } = await lockEvent(tx, viewer, id, "remove");
    const actorId = deedOf(organizer);
    if (actorId) await writeLog(tx, { groupId: event.organizerId, actorId, kind: "event-deleted", object: event });
    if (!event.publishedAt) {
      await tx.delete(events).where(eq(events.id, id));
      return { sequence: event.sequence, acceptedOnly: false, tellAt: null };
    }
    const sequence = event.sequence + 1;
    await tx
      .update(events)
      .set({
        state: "deleted",
        deletedAt: new Date(),
        updatedAt: new Date(),
        sequence,
        content: "",
        contact: "",
        facts: {},
        tags: [],
        url: null,
        onlineUrl: null,
        externalParticipationUrl: null,
        joinMode: "closed",
        coverId: null,
        placeId: null,
        latitude: null,
        longitude: null,
        locality: null,
        cancellationMessage: "",
        recurrenceRule: null,
        exceptionDates: [],
      })
      .where(eq(events.id, id));
    await setQuestions(tx, id, []);
    await enqueue(tx, "event-out", { eventId: id });
    const groupId = event.organizerId;
    const authorId = actorId && (await makerOf(tx, groupId, id, actorId));
    if (authorId) await tellAuthor(tx, "event-removed", event, { groupId, authorId });
    // Who knows that it is cancelled is told no more.
    const tells = !isOver(event) && event.status !== "cancelled";
    const tellAt = tells ? await callOff(tx, id, "event-deleted") : null;
    // What people knew before a change holds the place and address that have just been wiped.
    await tx.delete(eventNotices).where(eq(eventNotices.eventId, id));
    for (const people of [eventStaff, eventContacts]) await tx.delete(people).where(eq(people.eventId, id));
    return { sequence, acceptedOnly: false, tellAt };
  });
}
