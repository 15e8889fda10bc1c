import { deskDoor } from "#app/dashboard/door.ts";
import { reviseResource } from "#lib/resource/commands.ts";
import { revisionInput } from "#lib/resource/input.ts";
import { resourcePath } from "#lib/urls.ts";

/** Changes the name, address and summary of a resource. */
export const POST = deskDoor({
  input: revisionInput,
  page: (id) => `${resourcePath(id)}/manage`,
  act: async (db, { viewer }, input, id) => {
    await reviseResource(db, viewer, id, input);
    return `${resourcePath(id)}?done=changed#done`;
  },
});
