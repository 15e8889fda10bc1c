import { z } from "zod";
import { deskDoor } from "#app/dashboard/door.ts";
import { deleteComment } from "#lib/discussion/comment/commands.ts";
import { commentPath, eventPath } from "#lib/urls.ts";

/** Deletes one's own comment: its words go, its place stays for the replies. */
export const POST = deskDoor({
  input: z.object({}),
  page: (id) => `${commentPath(id)}/edit`,
  act: async (db, { viewer }, _, id) => `${eventPath(await deleteComment(db, viewer, id))}#comments`,
});
