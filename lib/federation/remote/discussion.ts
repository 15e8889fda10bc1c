import type { MirroredDiscussion, MirroredMessage } from "#lib/discussion/mirror/commands.ts";
import { excerpt } from "#lib/html.ts";
import type { Json } from "../documents.ts";
import { isForEverybody, readComment } from "./comment.ts";
import { pastOf } from "./instant.ts";
import { idOf, languageText, listOf } from "./values.ts";

/** Whether a document may be of a discussion or of something said in one: a Note for some alone, with a context. */
export const mayBeDiscussed = (json: Json): boolean =>
  listOf(json.type).includes("Note") && typeof json.context === "string" && !isForEverybody(json);

/**
 * Reads a discussion as Mobilizon has it: a Note with a name that is its own context. Null for anything else. Never throws.
 */
export function readDiscussion(json: Json): Omit<MirroredDiscussion, "actorId"> | null {
  const uri = idOf(json.id);
  const name = excerpt(languageText(json, "name").text, "text/html", 200);
  if (!uri || json.context !== uri || !name) return null;
  const [updated, published] = [pastOf(json.updated), pastOf(json.published ?? json.publishedAt)];
  return { uri, name, locked: json.commentsEnabled === false, updated, published };
}

/** What a message names as what it replies to, and whether it answers that, or only follows it; null: it does not say. */
export type Replying = { inReplyTo: string | null; isAnswer: boolean | null };

/** Reads what was said in a discussion, and what it replies to; null when it says nothing. Never throws. */
export function readMessage(
  json: Json,
): (Omit<MirroredMessage, "actorId" | "quotedId" | "mentions"> & { replying: Replying }) | null {
  const read = readComment(json);
  if (!read) return null;
  const { uri, content, language, updated } = read;
  const isAnswer = typeof json.isAnswer === "boolean" ? json.isAnswer : null;
  return { uri, content, language, updated, replying: { inReplyTo: idOf(json.inReplyTo), isAnswer } };
}
