import { and, eq, ne, sql } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import type { Mention } from "#db/schema/discussion.ts";
import { newId } from "#lib/ids.ts";
import { spend } from "#lib/limits/commands.ts";
import { commentObstacle, mustAwait } from "#lib/policy/comment.ts";
import { keeperOf } from "#lib/policy/event.ts";
import { tellNamed } from "../../mention/commands.ts";
import { erased, placeIn } from "../commands.ts";

const { comments, events } = schema;

/** A comment of another server, as its document says; `content` is HTML that is clean. */
export type RemoteComment = {
  uri: string;
  url: string | null;
  actorId: string;
  content: string;
  language: string;
  /** When its words last changed; null if never. */
  updated: Date | null;
  /** Who of this server is named in it. */
  mentions: Mention[];
};

type Place = {
  eventId: string;
  /** The comment that began the thread; null: it begins one. */
  thread: string | null;
  /** Whether the host has heard enough of its server: then the organiser reads first. */
  silenced: boolean;
};

/** Microblogs name whoever runs the event in each reply to it: they hear of it as of all that is said there. */
const besides = (mentions: Mention[], event: typeof events.$inferSelect): Mention[] =>
  mentions.filter(({ actorId }) => actorId !== keeperOf(event));

/**
 * Keeps what somebody of another server says under an event, by the event's rules: where its organiser reads first it
 * waits, where comments are closed it is nothing. The same one twice is one. Those of ours who are named in it are told. Returns its id if everybody may read it from
 * now on.
 * @throws Refusal too-many-requests.
 */
export async function keepRemoteComment(
  tx: Transaction,
  { eventId, thread, silenced }: Place,
  { updated, mentions: all, ...comment }: RemoteComment,
): Promise<string | null> {
  const [event] = await tx.select().from(events).where(eq(events.id, eventId));
  if (!event || commentObstacle(event)) return null;
  const id = newId();
  const own = event.uri === null;
  // About an event of another server we decide nothing, and nobody reads first.
  if (silenced && !own) return null;
  const mentions = besides(all, event);
  const state = own && (silenced || mustAwait(event, null)) ? "waiting" : "published";
  const [made] = await tx
    .insert(comments)
    .values({
      ...comment,
      ...placeIn(thread, id),
      id,
      eventId,
      state,
      mentions,
      mediaType: "text/html",
      editedAt: updated,
    })
    .onConflictDoNothing()
    .returning({ id: comments.id });
  if (made) await spend(tx, "comment", comment.actorId);
  if (!made || state !== "published") return null;
  await tellNamed(tx, { id, mentions });
  return id;
}

/**
 * Newer words of its author for a comment of another server; older ones change nothing, what is deleted stays so, and
 * what the organiser wishes to read first waits once more. Of a server that is `silenced` they come as its comments do. Returns
 * whether everybody may read the newer ones.
 * @throws Refusal too-many-requests.
 */
export async function reviseRemoteComment(
  tx: Transaction,
  { uri, actorId, content, language, updated, mentions: all }: RemoteComment,
  { silenced }: Pick<Place, "silenced">,
): Promise<boolean> {
  const [found] = await tx
    .select({ comment: comments, event: events })
    .from(comments)
    .innerJoin(events, eq(events.id, comments.eventId))
    .where(and(eq(comments.uri, uri), eq(comments.actorId, actorId), ne(comments.state, "deleted")))
    .for("update", { of: comments });
  if (!found) return false;
  const { comment, event } = found;
  if (updated && comment.editedAt && comment.editedAt > updated) return false;
  if (comment.content === content) return false;
  const own = event.uri === null;
  if (silenced && !own) return false;
  await spend(tx, "comment", actorId);
  const waits = own && comment.state === "published" && (silenced || mustAwait(event, null));
  const mentions = besides(all, event);
  await tx
    .update(comments)
    .set({ content, language, mentions, state: waits ? "waiting" : comment.state, editedAt: updated ?? sql`now()` })
    .where(eq(comments.id, comment.id));
  if (comment.state !== "published" || waits) return false;
  await tellNamed(tx, { id: comment.id, mentions }, comment.mentions);
  return true;
}

/** A comment that its own server says is gone: its place stays for the replies. Returns whether it was there. */
export async function buryRemoteComment(tx: Transaction, uri: string): Promise<boolean> {
  const buried = await tx
    .update(comments)
    .set(erased)
    .where(and(eq(comments.uri, uri), ne(comments.state, "deleted")))
    .returning({ id: comments.id });
  return buried.length > 0;
}
