import { and, eq, inArray, isNull, or, type SQL } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { isForAll, isInner } from "./event.ts";
import { type EventRole, may } from "./staff.ts";
import type { Viewer } from "./viewer.ts";

const { actors, comments } = schema;

type Talk = Pick<
  typeof schema.events.$inferSelect,
  "uri" | "state" | "visibility" | "hiddenAt" | "hiddenWith" | "comments"
>;
type Said = Pick<typeof comments.$inferSelect, "actorId" | "state">;
/** Whoever wrote it; somebody who is suspended is heard by nobody but the event's staff. */
type Author = Pick<typeof actors.$inferSelect, "suspendedAt">;

const isOwn = (viewer: Viewer, { actorId }: Pick<Said, "actorId">): boolean =>
  viewer.kind === "account" && viewer.actorIds.includes(actorId);

/**
 * Why nobody can say anything under an event (codes of `lib/refusal`), or null. What was said stays to be read. Under what
 * is for followers or members alone they talk on its own server, among those who see it: no other server is told.
 */
export function commentObstacle(event: Talk): "event-not-open" | "comments-closed" | null {
  if (!isForAll(event) && !isAmongUs(event)) return "event-not-open";
  return event.comments === "closed" ? "comments-closed" : null;
}

/** Whether what is said under an event of this server is for its followers or members alone. */
export const isAmongUs = ({ uri, state, visibility, hiddenAt }: Talk): boolean =>
  uri === null && state === "published" && hiddenAt === null && isInner(visibility);

/** Whether what is said now waits until the staff approve it; their own does not. `role` is the writer's at the event. */
export const mustAwait = (event: Pick<Talk, "comments">, role: EventRole | null): boolean =>
  event.comments === "moderated" && !may(role, "moderate");

/** Whether the viewer, who is `role` at the event, reads a comment: its author and the staff also what others do not. */
export function canSeeComment(viewer: Viewer, role: EventRole | null, comment: Said, author: Author): boolean {
  if (comment.state === "deleted") return false;
  if (comment.state === "published" && author.suspendedAt === null) return true;
  return may(role, "moderate") || isOwn(viewer, comment);
}

/** The same as a filter over `comments` joined with `actors`. */
export function commentsVisibleTo(viewer: Viewer, role: EventRole | null): SQL | undefined {
  const kept = inArray(comments.state, ["waiting", "published", "hidden"]);
  if (may(role, "moderate")) return kept;
  const open = and(eq(comments.state, "published"), isNull(actors.suspendedAt));
  const own = viewer.kind === "account" && viewer.actorIds.length > 0;
  return own ? or(open, and(kept, inArray(comments.actorId, viewer.actorIds))) : open;
}

/** Whose event it is, and what the viewer is to it. */
type Ground = { role: EventRole | null; organizer: { id: string; type: string; host: string | null } };

/**
 * Whether the viewer speaks as somebody under an event: as their own profiles, and for a group's event, who runs it, as the group,
 * where it is of this server.
 */
export const speaksAs = (viewer: Viewer, actorId: string, { role, organizer }: Ground): boolean =>
  isOwn(viewer, { actorId }) ||
  (organizer.type === "Group" && organizer.host === null && organizer.id === actorId && may(role, "change"));

/** Whether the viewer may change or delete it: their own, also where nobody may write any more; not what was hidden. */
export const canChangeComment = (viewer: Viewer, comment: Said, ground: Ground): boolean =>
  speaksAs(viewer, comment.actorId, ground) && (comment.state === "published" || comment.state === "waiting");
