import { z } from "zod";
import { groupDoor } from "#app/dashboard/groups/door.ts";
import { moveBack } from "#lib/group/moving/commands.ts";

/** Takes the move back. */
export const POST = groupDoor({
  input: z.object({}),
  page: "moving",
  act: async (db, { viewer }, _, id) => {
    await moveBack(db, viewer, id);
    return "moved-back";
  },
});
