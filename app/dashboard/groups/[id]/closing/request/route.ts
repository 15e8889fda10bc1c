import { z } from "zod";
import { groupDoor } from "#app/dashboard/groups/door.ts";
import { closeGroup } from "#lib/group/commands.ts";

/** Closes the group, once its handle was typed. */
export const POST = groupDoor({
  input: z.object({ handle: z.string().max(100, "too-long").default("") }),
  page: "closing",
  act: async (db, { viewer }, { handle }, id) => {
    await closeGroup(db, viewer, id, handle);
    return "/dashboard/groups?done=closed#done";
  },
});
