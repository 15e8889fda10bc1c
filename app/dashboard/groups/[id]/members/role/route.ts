import { groupDoor } from "#app/dashboard/groups/door.ts";
import { changeRole } from "#lib/group/membership/commands.ts";
import { roleInput } from "#lib/group/membership/input.ts";

/** Gives a member another role. */
export const POST = groupDoor({
  input: roleInput,
  page: "members",
  act: async (db, { viewer }, { person, role }, id) => {
    const decided = await changeRole(db, viewer, id, { id: person, role });
    return decided === "asked" ? decided : "role";
  },
});
