import { z } from "zod";
import { deskDoor } from "#app/dashboard/door.ts";
import { deleteMessage } from "#lib/discussion/message/commands.ts";
import { messagePath } from "#lib/urls.ts";

/** Deletes a message: its words go, its place stays. */
export const POST = deskDoor({
  input: z.object({}),
  page: (id) => `/messages/${id}/edit`,
  act: async (db, { viewer }, _, id) => messagePath(await deleteMessage(db, viewer, id), id),
});
