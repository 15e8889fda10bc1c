import { z } from "zod";
import { deskDoor } from "#app/dashboard/door.ts";
import { deleteDiscussion } from "#lib/discussion/thread/commands.ts";
import { actorPath, discussionPath } from "#lib/urls.ts";

/** Deletes a discussion with all that was said in it. */
export const POST = deskDoor({
  input: z.object({}),
  page: (id) => `${discussionPath(id)}/manage`,
  act: async (db, { viewer }, _, id) => {
    const { handle, host, decided } = await deleteDiscussion(db, viewer, id);
    if (decided === "asked") return `${discussionPath(id)}?done=asked#done`;
    return `${actorPath(handle, host)}/discussions?done=deleted#done`;
  },
});
