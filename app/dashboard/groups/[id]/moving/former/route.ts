import { z } from "zod";
import { groupDoor } from "#app/dashboard/groups/door.ts";
import { nameFormer } from "#lib/group/moving/commands.ts";
import { groupAddress } from "#lib/group/moving/input.ts";
import { beside, findFor } from "../find.ts";

/** Says what the group was on another server. */
export const POST = groupDoor({
  input: z.object({ former: groupAddress }),
  page: "moving",
  act: async (db, { viewer }, { former }, id) => {
    await beside("former", async () => nameFormer(db, viewer, id, (await findFor(db, viewer, id, former)).id));
    return "former";
  },
});
