import { groupDoor } from "#app/dashboard/groups/door.ts";
import { withdrawMembership } from "#lib/group/invitation/commands.ts";
import { personInput } from "#lib/group/membership/input.ts";

/** Takes an invitation back. */
export const POST = groupDoor({
  input: personInput,
  page: "members",
  act: async (db, { viewer }, { person }, id) => {
    const decided = await withdrawMembership(db, viewer, id, person);
    return decided === "asked" ? decided : "withdrawn";
  },
});
