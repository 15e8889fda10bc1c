import type { Database } from "#db/client.ts";
import { describeResource, resourceTombstone, resourceToTell } from "../objects/resource.ts";
import { forget, tellMembers, wasOpened } from "./discussion.ts";

/**
 * Tells the servers of a group's members what became of a link or folder: whoever put it there, or the group itself of what
 * others put there. Where the group is of another server, that one is told, and decides. It reads what holds now, so it may
 * run late, twice or out of order; what is said of one group's resources arrives in its order, a folder before what lies in it.
 */
export async function tellResource(db: Database, resourceId: string): Promise<void> {
  const told = await resourceToTell(db, resourceId);
  if (!told) return;
  const { resource, sharer, group, folder } = told;
  const own = sharer.host === null;
  if (group.host !== null && !own) return;
  const saying = { group, actor: own ? sharer : group, objectId: resourceId, line: group.id };
  if (resource.deletedAt) {
    const fact = `resource ${resourceId} Delete`;
    await tellMembers(db, { ...saying, type: "Delete", object: resourceTombstone(told), fact });
    return forget(db, resourceId);
  }
  // The folder's own job may have failed, and run after this one.
  if (folder?.uri === null && !(await wasOpened(db, folder.id))) await tellResource(db, folder.id);
  const type = !own || (await wasOpened(db, resourceId)) ? "Update" : "Create";
  const fact = `resource ${resourceId} ${resource.updatedAt.getTime()}`;
  await tellMembers(db, { ...saying, type, object: describeResource(told), fact });
}
