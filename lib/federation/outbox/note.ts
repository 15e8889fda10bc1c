import { eq } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import type { EventFigure } from "#db/schema/event.ts";
import { changesBetween, figureOf } from "#lib/event/figure.ts";
import { getEvent } from "#lib/event/queries.ts";
import { escapeHtml } from "#lib/html.ts";
import { contentId } from "#lib/ids.ts";
import { eventDate } from "#lib/locale/dates.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { placeLine } from "#lib/place/address.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { absolute, eventPath } from "#lib/urls.ts";
import type { ActorRow } from "../actors.ts";
import { describeNote } from "../objects/note.ts";
import { followerInboxes, type RemoteParticipant, remoteParticipants } from "./audience.ts";
import { receiversOf, say } from "./say.ts";

const { actors, eventNotices, notes } = schema;
type Full = NonNullable<Awaited<ReturnType<typeof getEvent>>>;

/**
 * Says in words what changed since a notice was opened: many servers ignore an Update. Once, to those who have the
 * event, and to each who takes part from elsewhere by a note of their own, so that nobody sees the list.
 */
export async function tellChange(db: Database, noticeId: string): Promise<void> {
  const [notice] = await db.select().from(eventNotices).where(eq(eventNotices.id, noticeId));
  const full = notice ? await getEvent(db, visitor, notice.eventId) : null;
  if (!notice || full?.event.state !== "published" || full.event.status === "cancelled") return;
  const [actor] = await db.select().from(actors).where(eq(actors.id, full.event.organizerId));
  const lines = actor ? changeLines(full, notice.before) : [];
  if (actor && lines.length > 0) await tell(db, actor, full, lines, `notice ${noticeId}`);
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
  const hidden = event.placeDisclosure !== "everyone";
  return changesBetween(before, after).flatMap((change) => {
    if (change === "time") return [t("federation.noteTime", { name, before: told(before), after: told(after) })];
    if (change === "status") return [t("federation.noteConfirmed", { name, when: told(after) })];
    if (hidden) return [];
    const none = t("federation.noPlace");
    if (change === "place")
      return [t("federation.notePlace", { name, before: before.place || none, after: after.place || none })];
    return after.onlineUrl ? [t("federation.noteOnline", { name, after: after.onlineUrl })] : [];
  });
}

async function tell(db: Database, actor: ActorRow, full: Full, lines: string[], fact: string): Promise<void> {
  const { event } = full;
  const [received, joined] = await Promise.all([receiversOf(db, event.id), remoteParticipants(db, event.id)]);
  const audience = event.visibility === "public" ? await followerInboxes(db, actor.id) : [];
  if (received.length + joined.length + audience.length === 0) return;
  const link = absolute(eventPath(event.id));
  const text = [...lines.map(escapeHtml), `<a href="${link}">${escapeHtml(link)}</a>`];
  const content = `<p>${text.join("</p><p>")}</p>`;
  if (event.visibility === "public") await write(db, actor, full, content, fact, null, [...received, ...audience]);
  for (const person of joined) await write(db, actor, full, content, `${fact} ${person.id}`, person, [person.inbox]);
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
