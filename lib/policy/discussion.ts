import type { schema } from "#db/client.ts";
import { mayIn, type Standing, takesNew } from "./group.ts";
import { isViewer, type Viewer } from "./viewer.ts";

/** What somebody is in a group, where that group decides (null: on this server), and where it has moved to. */
type Ground = Standing & { host: string | null; movedTo: string | null };
type Talk = Pick<typeof schema.discussions.$inferSelect, "actorId" | "locked">;
type Said = Pick<typeof schema.discussionMessages.$inferSelect, "actorId" | "deletedAt">;

/** Whether somebody of this standing in the group may write in a discussion: nobody, once it is locked, or the group has moved away. */
export const canWrite = (ground: Ground, { locked }: Pick<Talk, "locked">): boolean =>
  mayIn(ground, "discuss") && takesNew(ground) && !locked;

/** Whether the viewer may put a discussion above the others: where the group is, whose list it is. */
export const canPin = (ground: Ground): boolean => ground.host === null && mayIn(ground, "moderate");

/** Whether the viewer may give a discussion another title: who decides there, and who opened it while it goes on. */
export const canName = (viewer: Viewer, ground: Ground, talk: Talk): boolean =>
  mayIn(ground, "moderate") || (isViewer(viewer, talk.actorId) && canWrite(ground, talk));

/** Whether the viewer may change the words of a message: their own, while the discussion goes on. */
export const canRevise = (viewer: Viewer, ground: Ground, talk: Talk, said: Said): boolean =>
  said.deletedAt === null && isViewer(viewer, said.actorId) && canWrite(ground, talk);

/** Whether the viewer may delete a message: their own, also where nobody writes any more; who decides there, any. */
export const canDelete = (viewer: Viewer, standing: Standing, said: Said): boolean =>
  said.deletedAt === null &&
  (mayIn(standing, "moderate") || (isViewer(viewer, said.actorId) && mayIn(standing, "discuss")));
