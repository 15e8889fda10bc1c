import { eq } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { escapeHtml } from "#lib/html.ts";
import { contentId } from "#lib/ids.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { absolute } from "#lib/urls.ts";
import type { ActorRow } from "../actors.ts";
import { actorUri } from "../addresses.ts";
import { describeNote } from "../objects/note.ts";
import { repeat, say } from "./say.ts";

const { notes } = schema;

export type Direct = {
  actor: ActorRow;
  event: typeof schema.events.$inferSelect;
  recipient: ActorRow;
  sentences: string[];
  /** A page of ours. `theirs`: it opens their own participation, stands in what is sent, and is sealed here. */
  link: { path: string; theirs: boolean };
  /** What it answers; null: the event. */
  inReplyTo: string | null;
  /** One fact is told once; asked again, in the same words. */
  fact: string;
};

/** Tells one person of another server something, by a direct Note that mentions them. */
export async function tellDirectly(db: Db, direct: Direct): Promise<void> {
  const { actor, event, recipient, sentences, link, inReplyTo, fact } = direct;
  if (!recipient.inbox || !recipient.host) return;
  const id = contentId("note", fact);
  const t = translator(asLocale(event.language));
  const content = sentences.map((sentence) => `<p>${escapeHtml(sentence)}</p>`).join("");
  const url = escapeHtml(absolute(link.path));
  const words = link.theirs ? `${escapeHtml(t("federation.rsvpLink"))} ` : "";
  const more = `<p>${words}<a href="${url}">${url}</a></p>`;
  await db
    .insert(notes)
    .values({ id, actorId: actor.id, eventId: event.id, recipientId: recipient.id, content, language: event.language })
    .onConflictDoNothing();
  const [note] = await db.select().from(notes).where(eq(notes.id, id));
  const person = { uri: actorUri(recipient), handle: recipient.handle, host: recipient.host };
  const object = describeNote(note!, actor, event, person, { inReplyTo, more });
  const body = { object, to: object.to, cc: object.cc };
  const inboxes = [recipient.inbox];
  const secret = link.theirs;
  const said = { actor, type: "Create", objectId: id, fact: `note ${fact}`, body, inboxes, secret };
  if (!(await say(db, said))) await repeat(db, said.fact);
}
