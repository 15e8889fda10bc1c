import { database } from "#app/_web/database.ts";
import { thingAt } from "#app/own-server/thing.ts";
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
  /** The words of a message among members, plain: the host reads them only if the reporter shows them. */
  quote: string | null;
};

/** What stands at a path of ours for everybody, or a message among members for one of them; null: nothing. Two queries at most. */
export async function reportedAt(viewer: Viewer, path: unknown): Promise<Reported | null> {
  const thing = await thingAt(path);
  if (thing) {
    const { name, actorId, eventId, commentId, postId } = thing;
    const target = { actorId, eventId, commentId, postId, messageId: null };
    return { path: thing.path, back: thing.path, name, target, quote: null };
  }
  const [, id] = /^\/comments\/([0-9a-f-]{36})$/.exec(typeof path === "string" ? path : "") ?? [];
  const message = id && viewer.kind === "account" ? await getMessage(database(), viewer, id) : null;
  return message && reportedMessage(message);
}

function reportedMessage({ id, discussionId, actorId, name, content, mediaType }: Message): Reported {
  const target = { actorId, eventId: null, commentId: null, postId: null, messageId: id };
  const quote = excerpt(content, mediaType, 5000);
  return { path: commentPath(id), back: messagePath(discussionId, id), name, target, quote };
}
