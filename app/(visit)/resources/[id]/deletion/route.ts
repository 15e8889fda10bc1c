import { z } from "zod";
import { deskDoor } from "#app/dashboard/door.ts";
import { deleteResource } from "#lib/resource/commands.ts";
import { resourcePath, resourcesPath } from "#lib/urls.ts";

/** Deletes a resource with all that lies in it, and leads back to where it lay. */
export const POST = deskDoor({
  input: z.object({}),
  page: (id) => `${resourcePath(id)}/manage`,
  act: async (db, { viewer }, _, id) => {
    const { handle, host, parentId, decided } = await deleteResource(db, viewer, id);
    if (decided === "asked") return `${resourcePath(id)}?done=asked#done`;
    return `${parentId ? resourcePath(parentId) : resourcesPath(handle, host)}?done=deleted#done`;
  },
});
