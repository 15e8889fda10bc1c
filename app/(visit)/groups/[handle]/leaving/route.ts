import { z } from "zod";
import { leaveGroupAway } from "#lib/group/away/commands.ts";
import { leaveGroup } from "#lib/group/departure/commands.ts";
import { belongingDoor } from "../../door.ts";

/** Leaves the group, or takes the request back. */
export const POST = belongingDoor({
  input: z.object({}),
  act: async (db, { viewer }, _, { id, host }) => {
    await (host ? leaveGroupAway : leaveGroup)(db, viewer, id);
    return "left";
  },
});
