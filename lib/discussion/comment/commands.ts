import { and, eq, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import { type Database, type Db, schema, type Transaction, transact } from "#db/client.ts";
import type { Mention } from "#db/schema/discussion.ts";
import { isId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { spend } from "#lib/limits/commands.ts";
import { canChangeComment, commentObstacle, mustAwait, speaksAs } from "#lib/policy/comment.ts";
import { eventsVisibleTo } from "#lib/policy/event.ts";
import { roleAt } from "#lib/policy/staff.ts";
import type { AccountViewer, Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { tellNamed } from "../mention/commands.ts";
import { resolveMentions } from "../mention/queries.ts";
import { getDecidableComment } from "./queries.ts";

const { actors, comments, events } = schema;

type NewComment = {
  /** The form's: sent twice, it is one comment. */
  id: string;
  /** The profile that speaks. */
  actorId: string;
  /** The comment that is replied to; null begins a thread. */
  thread: string | null;
  /** Markdown. */
  content: string;
  language: string;
};

/**
 * Says something under an event, as one of one's own profiles or as the group whose event one runs. Where the organiser wishes to read it first it waits. A
 * reply to a reply stands in the same thread.
 * @throws Refusal not-found, event-not-open, comments-closed, comment-gone, too-many-requests.
 */
export async function writeComment(
  db: Database,
  viewer: AccountViewer,
  eventId: string,
  { id, actorId, thread, content, language }: NewComment,
): Promise<void> {
  if (!isId(eventId)) throw new Refusal("not-found");
  await transact(db, async (tx) => {
    const [found] = await tx
      .select({ event: events, organizer: actors, role: roleAt(viewer) })
      .from(events)
      .innerJoin(actors, eq(actors.id, events.organizerId))
      .where(and(eq(events.id, eventId), eventsVisibleTo(viewer)));
    if (!found || !speaksAs(viewer, actorId, found)) throw new Refusal("not-found");
    const obstacle = commentObstacle(found.event);
    if (obstacle) throw new Refusal(obstacle);
    await expectSpeaker(tx, actorId);
    const root = thread ? await openThread(tx, eventId, thread) : null;
    const [made] = await tx
      .insert(comments)
      .values({
        ...{ id, eventId, actorId, content, language },
        ...placeIn(root, id),
        mentions: await resolveMentions(tx, content),
        state: mustAwait(found.event, found.role) ? "waiting" : "published",
      })
      .onConflictDoNothing()
      .returning();
    if (!made) return;
    await spend(tx, "comment", viewer.accountId);
    if (made.state === "published") await bringOut(tx, made);
  });
}

/** What follows from a comment that is to be read from now on: other servers are told, and who is named in it anew. */
async function bringOut(tx: Transaction, comment: typeof comments.$inferSelect, before?: Mention[]): Promise<void> {
  await enqueue(tx, "comment-out", { commentId: comment.id });
  await tellNamed(tx, comment, before);
}

/** The columns that say where a comment stands: behind the one that began its thread, or by itself. */
export const placeIn = (root: string | null, id: string) => ({
  threadId: root ?? id,
  // In SQL, because a Date loses the microseconds that order the page.
  threadAt: root ? sql`(select m.created_at from comments m where m.id = ${root})` : sql`now()`,
  createdAt: sql`now()`,
});

/** Somebody who is suspended or gone says nothing. */
async function expectSpeaker(tx: Transaction, actorId: string): Promise<void> {
  const [actor] = await tx
    .select({ id: actors.id })
    .from(actors)
    .where(and(eq(actors.id, actorId), isNull(actors.deletedAt), isNull(actors.suspendedAt)));
  if (!actor) throw new Refusal("not-found");
}

/** The id of what began the thread that a comment stands in. @throws Refusal comment-gone. */
async function openThread(tx: Transaction, eventId: string, id: string): Promise<string> {
  const [replied] = await tx
    .select({ threadId: comments.threadId })
    .from(comments)
    .where(and(eq(comments.id, id), eq(comments.eventId, eventId), eq(comments.state, "published")));
  if (!replied) throw new Refusal("comment-gone");
  return replied.threadId;
}

/**
 * Changes the words of one's own comment. Where the organiser reads first it waits once more.
 * @throws Refusal not-found, comment-gone, too-many-requests.
 */
export async function reviseComment(
  db: Database,
  viewer: AccountViewer,
  id: string,
  { content }: { content: string },
): Promise<void> {
  await transact(db, async (tx) => {
    const { comment, event, role } = await lockOwn(tx, viewer, id);
    if (comment.content === content) return;
    await spend(tx, "comment", viewer.accountId);
    const state = event.uri === null && mustAwait(event, role) ? "waiting" : comment.state;
    const mentions = await resolveMentions(tx, content);
    await tx
      .update(comments)
      .set({ content, mentions, mediaType: "text/markdown", state, editedAt: sql`now()` })
      .where(eq(comments.id, id));
    if (state === "published") await bringOut(tx, { ...comment, mentions }, comment.mentions);
  });
}

/**
 * Deletes one's own comment: its words are gone, its place stays for the replies. Returns its event.
 * @throws Refusal not-found, comment-gone.
 */
export async function deleteComment(db: Database, viewer: AccountViewer, id: string): Promise<string> {
  return transact(db, async (tx) => {
    const { event } = await lockOwn(tx, viewer, id);
    await tx.update(comments).set(erased).where(eq(comments.id, id));
    await enqueue(tx, "comment-out", { commentId: id });
    return event.id;
  });
}

/** What is left of a comment that is deleted. */
export const erased = {
  ...{ state: "deleted", content: "", mentions: [], language: "und", url: null },
  deletedAt: sql`now()`,
};

async function lockOwn(tx: Transaction, viewer: AccountViewer, id: string) {
  if (!isId(id)) throw new Refusal("not-found");
  const [found] = await tx
    .select({ comment: comments, event: events, organizer: actors, role: roleAt(viewer) })
    .from(comments)
    .innerJoin(events, eq(events.id, comments.eventId))
    .innerJoin(actors, eq(actors.id, events.organizerId))
    .where(and(eq(comments.id, id), eventsVisibleTo(viewer)))
    .for("update", { of: comments });
  if (!found || !speaksAs(viewer, found.comment.actorId, found)) throw new Refusal("not-found");
  if (!canChangeComment(viewer, found.comment, found)) throw new Refusal("comment-gone");
  return found;
}

/**
 * Shows a comment to everybody, or hides it: for the event's staff. What was decided so already stays. `seen` is the
 * version that was decided on (`versionOf`): words that nobody has read are not approved.
 * @throws Refusal not-found, changed-meanwhile.
 */
export async function decideComment(
  db: Db,
  viewer: Viewer,
  id: string,
  state: "published" | "hidden",
  seen?: number,
): Promise<void> {
  await transact(db, async (tx) => {
    const comment = await getDecidableComment(tx, viewer, id, { lock: true });
    if (!comment) throw new Refusal("not-found");
    if (state === "published" && seen !== undefined && seen !== versionOf(comment))
      throw new Refusal("changed-meanwhile");
    const [changed] = await tx
      .update(comments)
      .set({ state })
      .where(
        and(
          eq(comments.id, id),
          inArray(comments.state, ["waiting", "published", "hidden"]),
          ne(comments.state, state),
        ),
      )
      .returning({ id: comments.id });
    if (changed && state === "published") await bringOut(tx, comment);
    else if (changed) await enqueue(tx, "comment-out", { commentId: id });
  });
}

/** Tells the words of a comment from those that it had before. Milliseconds; 0 if they never changed. */
export const versionOf = ({ editedAt }: { editedAt: Date | null }): number => editedAt?.getTime() ?? 0;

/** Erases all that some profiles said; the places stay for the replies of others. Returns what it was. By `comments_actor`. */
export const eraseCommentsOf = (db: Db, actorIds: string[]): Promise<string[]> =>
  erase(db, inArray(comments.actorId, actorIds));

async function erase(db: Db, which: SQL): Promise<string[]> {
  const rows = await db
    .update(comments)
    .set(erased)
    .where(and(which, ne(comments.state, "deleted")))
    .returning({ id: comments.id });
  return rows.map(({ id }) => id);
}

/** Erases what was said under events that are gone, a thousand at a time; other servers are asked to. By `comments_event`. */
export async function purgeComments(db: Database): Promise<void> {
  await transact(db, async (tx) => {
    const gone = tx
      .select({ id: comments.id })
      .from(comments)
      .innerJoin(events, eq(events.id, comments.eventId))
      .where(and(eq(events.state, "deleted"), ne(comments.state, "deleted")))
      .limit(1_000);
    for (const commentId of await erase(tx, inArray(comments.id, gone)))
      await enqueue(tx, "comment-out", { commentId });
  });
}
