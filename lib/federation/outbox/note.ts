import { eq } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import type { EventFigure } from "#db/schema/event.ts";
import { changesBetween, figureOf } from "#lib/event/figure.ts";
import { getEvent } from "#lib/event/queries.ts";
import { escapeHtml, renderContent } from "#lib/html.ts";
import { contentId } from "#lib/ids.ts";
import { eventDate } from "#lib/locale/dates.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { placeLine } from "#lib/place/address.ts";
import { keeperOf, keptBack, withoutKept } from "#lib/policy/event.ts";
import { operator } from "#lib/policy/viewer.ts";
import { absolute, eventHandle, eventPath } from "#lib/urls.ts";
import { type ActorRow, localActor } from "../actors.ts";
import { describeNote } from "../objects/note.ts";
import { followerInboxes, type RemoteParticipant, remoteParticipants } from "./audience.ts";
import { holdersOf, say } from "./say.ts";

const { actors, eventNotices, notes } = schema;
type Full = NonNullable<Awaited<ReturnType<typeof getEvent>>>;

/**
 * Says in words what changed since a notice was opened: many servers ignore an Update. Once, to those who have the
 * event, and to each who takes part from elsewhere by a note of their own, so that nobody sees the list.
 */
export async function tellChange(db: Database, noticeId: string): Promise<void> {
  const [notice] = await db.select().from(eventNotices).where(eq(eventNotices.id, noticeId));
  const full = notice ? await eventToTell(db, notice.eventId) : null;
  if (!notice || !full || full.event.status === "cancelled") return;
  const [actor] = await db
    .select()
    .from(actors)
    .where(eq(actors.id, keeperOf(full.event)));
  const lines = actor ? changeLines(full, notice.before) : [];
  if (actor && lines.length > 0) await tell(db, actor, full, lines, `notice ${noticeId}`);
}

/** An event as whoever takes part has it, though none of them is accepted; null: it is there for nobody. */
async function eventToTell(db: Database, eventId: string): Promise<Full | null> {
  const full = await getEvent(db, operator, eventId);
  return full?.event.state === "published" && !full.event.hiddenAt ? withoutKept(full) : null;
}

/** The same when an event is called off, with the organiser's words. */
export async function tellCancellation(db: Database, actor: ActorRow, full: Full): Promise<void> {
  const { event } = full;
  if (event.endTime < new Date()) return;
  const locale = asLocale(event.language);
  const t = translator(locale);
  const lines = [t("federation.noteCancelled", { name: event.name, when: eventDate(locale, event) })];
  if (event.cancellationMessage) lines.push(`${t("federation.noteReason")} ${event.cancellationMessage}`);
  await tell(db, actor, full, lines, `cancelled ${event.id} ${event.sequence}`);
}

/** The same to each who takes part when it is taken away: a Delete alone is shown to nobody. */
export async function tellDeletion(db: Database, actor: ActorRow, full: Full): Promise<void> {
  const { event } = full;
  if (event.endTime < new Date()) return;
  const locale = asLocale(event.language);
  const line = translator(locale)("federation.noteDeleted", { name: event.name, when: eventDate(locale, event) });
  for (const person of await remoteParticipants(db, event.id))
    await write(db, actor, full, `<p>${escapeHtml(line)}</p>`, `deleted ${event.id} ${person.id}`, person, [
      person.inbox,
    ]);
}

/**
 * Passes on what an organiser tells those who take part: to each of them from elsewhere by a note of their own; to
 * everybody who has the event where its page shows it.
 */
export async function tellAnnouncement(db: Database, announcementId: string): Promise<void> {
  const { announcements } = schema;
  const [said] = await db.select().from(announcements).where(eq(announcements.id, announcementId));
  const full = said ? await eventToTell(db, said.eventId) : null;
  if (!said || !full) return;
  const [actor] = await db
    .select()
    .from(actors)
    .where(eq(actors.id, keeperOf(full.event)));
  if (!actor) return;
  const text = renderContent(said.content, "text/plain");
  const content = `<p><strong>${escapeHtml(said.name)}</strong></p>${text}`;
  const people = await remoteParticipants(db, said.eventId);
  const meant = said.audience === "all" ? people : people.filter(({ state }) => state === said.audience);
  await spread(db, actor, full, content, `announcement ${said.id}`, { people: meant, openly: said.shown });
}

function changeLines({ event, place }: Full, before: EventFigure): string[] {
  const locale = asLocale(event.language);
  const t = translator(locale);
  const after = figureOf(event, place ? placeLine(place) : "");
  const { name } = event;
  const told = (figure: EventFigure) =>
    eventDate(locale, {
      startTime: new Date(figure.startTime),
      endTime: new Date(figure.endTime ?? figure.startTime),
      endWall: figure.endTime,
      allDay: figure.allDay,
      timezone: figure.timezone,
    });
  const kept = keptBack(event);
  return changesBetween(before, after).flatMap((change) => {
    if (change === "time") return [t("federation.noteTime", { name, before: told(before), after: told(after) })];
    if (change === "status") return [t("federation.noteConfirmed", { name, when: told(after) })];
    if (kept[change]) return [];
    const none = t("federation.noPlace");
    if (change === "place")
      return [t("federation.notePlace", { name, before: before.place || none, after: after.place || none })];
    return after.onlineUrl ? [t("federation.noteOnline", { name, after: after.onlineUrl })] : [];
  });
}

async function tell(db: Database, actor: ActorRow, full: Full, lines: string[], fact: string): Promise<void> {
  const link = absolute(eventPath(full.event.id));
  const text = [...lines.map(escapeHtml), `<a href="${link}">${escapeHtml(link)}</a>`];
  const people = await remoteParticipants(db, full.event.id);
  await spread(db, actor, full, `<p>${text.join("</p><p>")}</p>`, fact, { people, openly: true });
}

/** One note to everybody who has the event, if it is public and `openly` meant for them, and one to each of the people. */
async function spread(
  db: Database,
  actor: ActorRow,
  full: Full,
  content: string,
  fact: string,
  { people, openly }: { people: RemoteParticipant[]; openly: boolean },
): Promise<void> {
  const { event } = full;
  if (openly && event.visibility === "public") {
    // Who follows its author hears of a group's event by the group.
    const followers = event.authorId ? [] : await followerInboxes(db, actor.id);
    const inboxes = [...(await holdersOf(db, event.id)), ...followers];
    if (inboxes.length > 0) await write(db, actor, full, content, fact, null, inboxes);
  }
  // Whoever follows the event itself hears it from the event.
  const watchers = openly ? await followerInboxes(db, event.id) : [];
  const watched = watchers.length > 0 ? await localActor(db, eventHandle(event.id)) : null;
  if (watched && !watched.deletedAt) await write(db, watched, full, content, `${fact} event`, null, watchers);
  for (const person of people) await write(db, actor, full, content, `${fact} ${person.id}`, person, [person.inbox]);
}

/** Writes a note, known by its fact: a job that runs twice writes the same. */
async function write(
  db: Database,
  actor: ActorRow,
  { event }: Full,
  content: string,
  fact: string,
  recipient: RemoteParticipant | null,
  inboxes: string[],
): Promise<void> {
  const id = contentId("note", fact);
  const values = {
    id,
    actorId: actor.id,
    eventId: event.id,
    recipientId: recipient?.id ?? null,
    content,
    language: event.language,
  };
  await db.insert(notes).values(values).onConflictDoNothing();
  const [note] = await db.select().from(notes).where(eq(notes.id, id));
  const object = describeNote(note!, actor, event, recipient);
  await say(db, {
    actor,
    type: "Create",
    objectId: id,
    fact: `note ${fact}`,
    body: { object, to: object.to, cc: object.cc },
    inboxes,
  });
}
