import type { schema } from "#db/client.ts";
import { mayIn, type Standing } from "./group.ts";
import type { Viewer } from "./viewer.ts";

type Kept = Pick<typeof schema.resources.$inferSelect, "actorId" | "deletedAt">;

const isOwn = (viewer: Viewer, { actorId }: { actorId: string }): boolean =>
  viewer.kind === "account"
    ? viewer.actorIds.includes(actorId)
    : viewer.kind === "remote" && viewer.actorId === actorId;

/**
 * Whether the viewer may change, move and delete what the members of a group keep together: who decides there, and whoever
 * put it there while they are a member. What others keep in a folder goes by the hand of those who decide alone.
 */
export const canArrange = (viewer: Viewer, standing: Standing, kept: Kept): boolean =>
  kept.deletedAt === null && (mayIn(standing, "moderate") || (isOwn(viewer, kept) && mayIn(standing, "share")));
