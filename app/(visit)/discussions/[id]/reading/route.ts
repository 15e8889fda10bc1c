import { z } from "zod";
import { markRead } from "#lib/discussion/reading/commands.ts";
import { discussionDoor } from "../../door.ts";

/** Remembers up to which message somebody has read. */
export const POST = discussionDoor({
  input: z.object({ message: z.uuid("bad-form") }),
  act: async (db, { viewer }, { message }, discussionId) => {
    await markRead(db, viewer, { id: message, discussionId });
    return "read";
  },
});
