import { z } from "zod";
import { groupDoor } from "#app/dashboard/groups/door.ts";
import { expectWay } from "#lib/group/moving/commands.ts";
import { groupAddress } from "#lib/group/moving/input.ts";
import { groupDeskPath } from "#lib/urls.ts";
import { beside, findFor } from "../find.ts";

/** Looks for where the group is to be, and leads to what would follow. */
export const POST = groupDoor({
  input: z.object({ to: groupAddress }),
  page: "moving",
  act: (db, { viewer }, { to }, id) =>
    beside("to", async () => {
      const group = await findFor(db, viewer, id, to);
      await expectWay(db, viewer, id, group.id);
      return `${groupDeskPath(id)}/moving/${group.id}`;
    }),
});
