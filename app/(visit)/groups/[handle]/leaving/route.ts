import { z } from "zod";
import { leaveGroup } from "#lib/group/membership/commands.ts";
import { belongingDoor } from "../../door.ts";

/** Leaves the group, or takes the request back. */
export const POST = belongingDoor({
  input: z.object({}),
  act: async (db, { viewer }, _, id) => {
    await leaveGroup(db, viewer, id);
    return "left";
  },
});
