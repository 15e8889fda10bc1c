import { deskDoor } from "#app/dashboard/door.ts";
import { reviseMessage } from "#lib/discussion/message/commands.ts";
import { revisionInput } from "#lib/discussion/message/input.ts";
import { messagePath } from "#lib/urls.ts";

/** Changes the words of one's own message. */
export const POST = deskDoor({
  input: revisionInput,
  page: (id) => `/messages/${id}/edit`,
  act: async (db, { viewer }, input, id) => messagePath(await reviseMessage(db, viewer, id, input), id),
});
