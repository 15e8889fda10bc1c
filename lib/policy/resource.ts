import type { schema } from "#db/client.ts";
import { mayIn, type Standing } from "./group.ts";
import { isViewer, type Viewer } from "./viewer.ts";

/** What somebody is in a group, and where that group decides: null, on this server. */
type Ground = Standing & { host: string | null };

type Kept = Pick<typeof schema.resources.$inferSelect, "actorId" | "deletedAt">;

/** Whether the viewer decides about what others keep there: where the group is. */
export const canArrangeAll = (ground: Ground): boolean => ground.host === null && mayIn(ground, "moderate");

/**
 * Whether the viewer may change, move and delete what the members of a group keep together: who decides there, and whoever
 * put it there while they are a member. What others keep in a folder goes by the hand of those who decide alone.
 */
export const canArrange = (viewer: Viewer, ground: Ground, kept: Kept): boolean =>
  kept.deletedAt === null && (canArrangeAll(ground) || (isViewer(viewer, kept.actorId) && mayIn(ground, "share")));

/** Whether the viewer may delete it: who decides in a group elsewhere asks its server to, also of what others put there. */
export const canRemove = (viewer: Viewer, ground: Ground, kept: Kept): boolean =>
  canArrange(viewer, ground, kept) || (kept.deletedAt === null && mayIn(ground, "moderate"));
