import { groupDoor } from "#app/dashboard/groups/door.ts";
import { removeMember } from "#lib/group/departure/commands.ts";
import { personInput } from "#lib/group/membership/input.ts";

/** Sends a member away. */
export const POST = groupDoor({
  input: personInput,
  page: "members",
  act: async (db, { viewer }, { person }, id) => {
    const decided = await removeMember(db, viewer, id, person);
    return decided === "asked" ? decided : "removed";
  },
});
