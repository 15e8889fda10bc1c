import { database } from "#app/_web/database.ts";
import { thingAt } from "#app/own-server/thing.ts";
import { getComment } from "#lib/discussion/comment/queries.ts";
import { getMessage, type Message } from "#lib/discussion/message/queries.ts";
import { excerpt } from "#lib/html.ts";
import type { FlagTarget } from "#lib/moderation/flag/commands.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { commentPath, messagePath } from "#lib/urls.ts";

/** What a report can be about. */
export type Reported = {
  /** Its address here, by which the form names it. */
  path: string;
  /** Where whoever reports it goes back to. */
  back: string;
  name: string;
  target: FlagTarget;
  /** The words of what is said for some alone, plain: the host reads them only if the reporter shows them. */
  quote: string | null;
};

/**
 * What stands at a path of ours for everybody; a message among members, or a comment under what is for members or followers, for
 * one of them; null: nothing. Three queries at most.
 */
export async function reportedAt(viewer: Viewer, path: unknown): Promise<Reported | null> {
  const thing = await thingAt(path);
  if (thing) {
    const { name, actorId, eventId, commentId, postId } = thing;
    const target = { actorId, eventId, commentId, postId, messageId: null };
    return { path: thing.path, back: thing.path, name, target, quote: null };
  }
  const [, id] = /^\/comments\/([0-9a-f-]{36})$/.exec(typeof path === "string" ? path : "") ?? [];
  if (!id || viewer.kind !== "account") return null;
  const message = await getMessage(database(), viewer, id);
  return message ? reportedMessage(message) : reportedComment(viewer, id);
}

/** Under what everybody may see, a comment stands for everybody. */
async function reportedComment(viewer: Viewer, id: string): Promise<Reported | null> {
  const found = await getComment(database(), viewer, id);
  if (found?.comment.state !== "published") return null;
  const { comment, author, event } = found;
  const [path, quote] = [commentPath(id), excerpt(comment.content, comment.mediaType, 5000)];
  const target = { actorId: author.id, eventId: event.id, commentId: id, postId: null, messageId: null };
  return { path, back: path, name: author.name, target, quote };
}

function reportedMessage({ id, discussionId, actorId, name, content, mediaType }: Message): Reported {
  const target = { actorId, eventId: null, commentId: null, postId: null, messageId: id };
  const quote = excerpt(content, mediaType, 5000);
  return { path: commentPath(id), back: messagePath(discussionId, id), name, target, quote };
}
