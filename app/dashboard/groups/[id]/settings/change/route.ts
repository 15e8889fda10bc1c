import { groupDoor } from "#app/dashboard/groups/door.ts";
import { updateGroup } from "#lib/group/commands.ts";
import { groupInput } from "#lib/group/input.ts";
import { groupFiles, groupPictures, withPictures } from "../../../pictured.ts";

/** Changes what the group says of itself, and its rules. */
export const POST = groupDoor({
  input: groupInput.extend(groupPictures),
  files: groupFiles,
  page: "settings",
  act: async (db, { viewer }, input, id) => {
    await updateGroup(db, viewer, id, withPictures(input));
    return "saved";
  },
});
