import { eq } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { getEvent } from "#lib/event/queries.ts";
import { isId } from "#lib/ids.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { actorUri, eventUri, noteUri } from "../addresses.ts";
import { eventContext } from "../contexts.ts";
import { addressees, type Document } from "./event.ts";
import { mentionLink, mentionTag } from "./mention.ts";

type NoteRow = typeof schema.notes.$inferSelect;
type Author = Pick<typeof schema.actors.$inferSelect, "id" | "handle" | "host" | "uri" | "type">;
type Person = { uri: string; handle: string; host: string };

/** What an answer says besides: what it answers, and HTML that stands in no table. */
type Answer = { inReplyTo: string | null; more: string };

/** What the organiser's server says of an event: to its audience, or to one person, who is mentioned so as to be told. */
export function describeNote(
  note: NoteRow,
  author: Author,
  event: { id: string; uri: string | null; visibility: string },
  recipient: Person | null,
  answer: Answer | null = null,
): Document {
  const id = noteUri(note.id);
  const tag = recipient ? [mentionTag(recipient, recipient.uri)] : [];
  const words = note.content + (answer?.more ?? "");
  const content = recipient ? words.replace("<p>", () => `<p>${mentionLink(recipient.handle, recipient.uri)} `) : words;
  return {
    id,
    url: id,
    type: "Note",
    attributedTo: actorUri(author),
    inReplyTo: answer?.inReplyTo ?? eventUri(event),
    ...(recipient ? { to: [recipient.uri], cc: [] } : addressees(event, author.handle)),
    content,
    contentMap: { [note.language]: content },
    mediaType: "text/html",
    tag,
    attachment: [],
    ...(answer ? {} : { isAnnouncement: true }),
    published: note.createdAt.toISOString(),
  };
}

/** A note of ours that everybody may read, with its context; null for what is to one person, or of an event that is gone. */
export async function noteObject(db: Db, id: string): Promise<Document | null> {
  const { actors, notes } = schema;
  const [row] = await db
    .select({ note: notes, author: actors })
    .from(notes)
    .innerJoin(actors, eq(actors.id, notes.actorId))
    .where(eq(notes.id, id));
  if (!row || row.note.recipientId !== null) return null;
  const full = await getEvent(db, visitor, row.note.eventId);
  if (!full || full.event.state === "deleted") return null;
  return { "@context": eventContext, ...describeNote(row.note, row.author, full.event, null) };
}

/** The event that a note to everybody is about, by its id; null for what is to one person, or no note. By primary key. */
export async function eventOfNote(db: Db, id: string): Promise<string | null> {
  const { notes } = schema;
  if (!isId(id)) return null;
  const [row] = await db.select().from(notes).where(eq(notes.id, id));
  return row && row.recipientId === null ? row.eventId : null;
}
