import type { schema } from "#db/client.ts";
import { mayIn, type Standing } from "./group.ts";
import type { Viewer } from "./viewer.ts";

type Talk = Pick<typeof schema.discussions.$inferSelect, "actorId" | "locked">;
type Said = Pick<typeof schema.discussionMessages.$inferSelect, "actorId" | "deletedAt">;

const isOwn = (viewer: Viewer, { actorId }: { actorId: string }): boolean =>
  viewer.kind === "account" && viewer.actorIds.includes(actorId);

/** Whether somebody of this standing in the group may write in a discussion: nobody, once it is locked. */
export const canWrite = (standing: Standing, { locked }: Pick<Talk, "locked">): boolean =>
  mayIn(standing, "discuss") && !locked;

/** Whether the viewer may give a discussion another title: who decides there, and who opened it while it goes on. */
export const canName = (viewer: Viewer, standing: Standing, talk: Talk): boolean =>
  mayIn(standing, "moderate") || (isOwn(viewer, talk) && canWrite(standing, talk));

/** Whether the viewer may change the words of a message: their own, while the discussion goes on. */
export const canRevise = (viewer: Viewer, standing: Standing, talk: Talk, said: Said): boolean =>
  said.deletedAt === null && isOwn(viewer, said) && canWrite(standing, talk);

/** Whether the viewer may delete a message: their own, also where nobody writes any more; who decides there, any. */
export const canDelete = (viewer: Viewer, standing: Standing, said: Said): boolean =>
  said.deletedAt === null && (mayIn(standing, "moderate") || (isOwn(viewer, said) && mayIn(standing, "discuss")));
