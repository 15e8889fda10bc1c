import { and, eq } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { excerpt } from "#lib/html.ts";
import { contentId } from "#lib/ids.ts";
import { keepMessage } from "#lib/participation/message/commands.ts";
import type { Word } from "#lib/participation/remote/commands.ts";
import { meaningOf } from "#lib/participation/remote/words.ts";
import { localActor } from "../actors.ts";
import { isEventHandle, ownHandle, ownId, publicUri } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { explainObstacle, passedOn, speakerOf } from "../outbox/answers.ts";
import { askByPoll } from "../outbox/poll.ts";
import { idOf, idsOf, languageText, listOf, textOf } from "../remote/values.ts";
import { hosted, takeWord } from "./join.ts";
import type { Effect, Received } from "./receive.ts";

const { messages, notes, polls } = schema;

/** Whether a Note is for those alone whom it names: not for everybody, and not for who follows its author. */
export function isDirect(note: Json, sender: Received["sender"]): boolean {
  const audience = [...idsOf(note.to), ...idsOf(note.cc)];
  const open = [publicUri, "as:Public", "Public", sender.followersUri];
  return listOf(note.type).includes("Note") && audience.length > 0 && !audience.some((id) => open.includes(id));
}

/**
 * What somebody writes to an event of ours, or to those who run it: a vote in the poll that we sent them, one of the words
 * agreed on, the word by which one is asked, or a message to the organisers. Each is answered by a direct Note.
 */
export async function onDirectNote(received: Received, note: Json): Promise<Effect> {
  const { sender } = received;
  const uri = idOf(note.id)!;
  const inReplyTo = idOf(note.inReplyTo);
  const poll = await pollOf(received, inReplyTo);
  if (poll && textOf(note.name)) {
    const at = poll.options.indexOf(textOf(note.name));
    const word = (["yes", "maybe", "no"] as const)[at];
    return word ? takeReply(received, poll.eventId, word, poll.source === "follow" ? "follow" : "poll", uri) : null;
  }
  const eventId = poll?.eventId ?? (await subjectOf(received, note, inReplyTo));
  const found = await hosted(received, eventId);
  if (!found || !sender.inbox) return null;
  const text = excerpt(languageText(note, "content").text, "text/html", 5000);
  const meaning = meaningOf(text);
  const { event, host } = found;
  if (meaning === "ask")
    return (tx) => askByPoll(tx, { event, author: host, asked: sender, source: "reply", inReplyTo: uri });
  if (meaning) return takeReply(received, event.id, meaning, "reply", uri);
  const content = text.replace(/^(@[\w.-]+(@[\w.:-]+)?\s+)+/, "");
  if (!content) return null;
  return async (tx) => {
    const first = await keepMessage(tx, { eventId: event.id, actorId: sender.id, uri, content });
    if (first) await passedOn(tx, { event, host, person: sender }, uri);
  };
}

/** The poll that was sent to this very sender. By primary key. */
async function pollOf({ db, sender }: Received, inReplyTo: string | null) {
  const id = ownId(inReplyTo, "questions");
  if (!id) return null;
  const [poll] = await db
    .select()
    .from(polls)
    .where(and(eq(polls.id, id), eq(polls.actorId, sender.id)));
  return poll ?? null;
}

/** A word in answer to us: what was understood is said back, in the same conversation. */
function takeReply(
  received: Received,
  eventId: string,
  word: Word,
  source: "poll" | "follow" | "reply",
  uri: string,
): Promise<Effect> {
  const { sender } = received;
  return takeWord(received, eventId, {
    word,
    source,
    uri,
    refuse: async (tx, { event, host }, obstacle) => {
      const speaker = await speakerOf(tx, { source, event, person: sender, host, uri });
      const fact = `refusal ${sender.id} ${contentId(uri)}`;
      await explainObstacle(tx, { event, host: speaker.actor, person: sender }, obstacle, {
        fact,
        inReplyTo: speaker.inReplyTo,
      });
    },
  });
}

/** Which event of ours is written about: it is replied to, or what we said of it, or their own words; or it is addressed. */
async function subjectOf({ db, sender }: Received, note: Json, inReplyTo: string | null): Promise<string | null> {
  const event = ownId(inReplyTo, "events");
  if (event) return event;
  const said = ownId(inReplyTo, "comments");
  if (said) {
    const [row] = await db.select({ eventId: notes.eventId }).from(notes).where(eq(notes.id, said));
    return row?.eventId ?? null;
  }
  if (inReplyTo) {
    const [row] = await db
      .select({ eventId: messages.eventId })
      .from(messages)
      .where(and(eq(messages.uri, inReplyTo), eq(messages.actorId, sender.id)));
    if (row) return row.eventId;
  }
  const handles = [...idsOf(note.to), ...idsOf(note.cc)].map(ownHandle);
  const handle = handles.find((one) => one && isEventHandle(one));
  return handle ? ((await localActor(db, handle))?.id ?? null) : null;
}
