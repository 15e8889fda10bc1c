import { deskDoor } from "#app/dashboard/door.ts";
import { moveResource } from "#lib/resource/commands.ts";
import { moveInput } from "#lib/resource/input.ts";
import { resourcePath } from "#lib/urls.ts";

/** Moves a resource into another folder, or out of all. */
export const POST = deskDoor({
  input: moveInput,
  page: (id) => `${resourcePath(id)}/manage`,
  act: async (db, { viewer }, input, id) => {
    await moveResource(db, viewer, id, input);
    return `${resourcePath(id)}?done=moved#done`;
  },
});
