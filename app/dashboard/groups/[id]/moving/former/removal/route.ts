import { z } from "zod";
import { groupDoor } from "#app/dashboard/groups/door.ts";
import { forgetFormer } from "#lib/group/moving/commands.ts";

/** Says it no more. */
export const POST = groupDoor({
  input: z.object({ uri: z.string().max(2048, "too-long").default("") }),
  page: "moving",
  act: async (db, { viewer }, { uri }, id) => {
    await forgetFormer(db, viewer, id, uri);
    return "forgotten";
  },
});
