import { deskDoor } from "#app/dashboard/door.ts";
import { reviseComment } from "#lib/discussion/comment/commands.ts";
import { revisionInput } from "#lib/discussion/comment/input.ts";
import { commentPath } from "#lib/urls.ts";

/** Changes the words of one's own comment. */
export const POST = deskDoor({
  input: revisionInput,
  page: (id) => `${commentPath(id)}/edit`,
  act: async (db, { viewer }, input, id) => {
    await reviseComment(db, viewer, id, input);
    return commentPath(id);
  },
});
