import { eq } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { renderWords } from "#lib/discussion/mention/queries.ts";
import { canSeeComment } from "#lib/policy/comment.ts";
import { isForAll, keeperOf } from "#lib/policy/event.ts";
import { visitor } from "#lib/policy/viewer.ts";
import type { ActorRow } from "../actors.ts";
import { actorUri, eventUri, noteUri, publicUri } from "../addresses.ts";
import { eventContext } from "../contexts.ts";
import type { Document } from "./event.ts";
import { mentionTag, mentionUri } from "./mention.ts";

const { actors, comments, events } = schema;

type CommentRow = typeof comments.$inferSelect;
export type Told = NonNullable<Awaited<ReturnType<typeof commentToTell>>>;

/** The id of a comment in the network. */
export const commentUri = (comment: Pick<CommentRow, "id" | "uri">): string => comment.uri ?? noteUri(comment.id);

/** A comment with all that its Note names: author, event, who runs it, and what it replies to. By primary keys. */
export async function commentToTell(db: Db, id: string) {
  const [found] = await db
    .select({ comment: comments, author: actors, event: events })
    .from(comments)
    .innerJoin(actors, eq(actors.id, comments.actorId))
    .innerJoin(events, eq(events.id, comments.eventId))
    .where(eq(comments.id, id));
  if (!found) return null;
  const { comment, event } = found;
  const [host] = await db
    .select()
    .from(actors)
    .where(eq(actors.id, keeperOf(event)));
  const [thread] =
    comment.threadId === comment.id
      ? []
      : await db
          .select({ comment: comments, author: actors })
          .from(comments)
          .innerJoin(actors, eq(actors.id, comments.actorId))
          .where(eq(comments.id, comment.threadId));
  return { ...found, host: host!, thread: thread ?? null };
}

/** Whom a comment is addressed to by name: the event's host, whoever is replied to, and those who are named. */
export function addressed({ comment, host, thread }: Told): string[] {
  const named = comment.mentions.map(mentionUri);
  return [...new Set([actorUri(host), ...(thread ? [actorUri(thread.author)] : []), ...named])];
}

/**
 * What somebody of this server says under an event, as a Note: without `name`, or Mobilizon would open a discussion. Who
 * is replied to elsewhere is mentioned, so that their server tells them.
 */
export function describeComment(told: Told): Document {
  const { comment, author, event, host, thread } = told;
  const id = commentUri(comment);
  const content = renderWords(comment, { where: mentionUri });
  const people = addressed(told);
  const mentions = comment.mentions.map((one) => mentionTag(one, mentionUri(one)));
  return {
    id,
    url: id,
    type: "Note",
    attributedTo: actorUri(author),
    inReplyTo: thread ? commentUri(thread.comment) : eventUri(event),
    ...(event.visibility === "unlisted" ? { to: people, cc: [publicUri] } : { to: [publicUri], cc: people }),
    ...(host.type === "Group" ? { audience: actorUri(host) } : {}),
    content,
    contentMap: { [comment.language]: content },
    mediaType: "text/html",
    tag: [...mentions, ...answered(thread?.author ?? host, mentions)],
    attachment: [],
    ...(event.uri === null ? { context: `${eventUri(event)}/context` } : {}),
    published: comment.createdAt.toISOString(),
    ...(comment.editedAt ? { updated: comment.editedAt.toISOString() } : {}),
  };
}

/** Somebody of another server to whom this is an answer, unless they are named in it anyway. */
function answered(actor: ActorRow, mentions: { href: string }[]): Document[] {
  const href = actorUri(actor);
  if (actor.host === null || mentions.some((one) => one.href === href)) return [];
  return [mentionTag(actor, href)];
}

/** What is left for other servers of a comment: no word of it. */
export const commentTombstone = (comment: CommentRow): Document => ({
  id: commentUri(comment),
  type: "Tombstone",
  formerType: "Note",
  deleted: (comment.deletedAt ?? comment.editedAt ?? comment.createdAt).toISOString(),
});

/** Whether everybody may read it: the event, and the comment. */
export const isPublicComment = ({ comment, author, event }: Told): boolean =>
  isForAll(event) && canSeeComment(visitor, null, comment, author);

/**
 * A comment of this server for peers: a Note with its context, or what is left of it with `gone`. Null for what is not
 * theirs to see, and for what another server said.
 */
export async function commentObject(db: Db, id: string): Promise<{ document: Document; gone: boolean } | null> {
  const told = await commentToTell(db, id);
  if (!told || told.comment.uri !== null) return null;
  const gone = ["deleted", "hidden"].includes(told.comment.state);
  if (gone) return { document: { "@context": eventContext, ...commentTombstone(told.comment) }, gone };
  return isPublicComment(told) ? { document: { "@context": eventContext, ...describeComment(told) }, gone } : null;
}
