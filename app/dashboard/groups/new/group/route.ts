import { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { foundGroup } from "#lib/group/commands.ts";
import { newGroupInput } from "#lib/group/input.ts";
import { groupDeskPath } from "#lib/urls.ts";
import { groupFiles, groupPictures, withPictures } from "../../pictured.ts";

/** Founds a group. A form sent twice founds one. */
export const POST = signedInRoute({
  input: newGroupInput.extend({ ...groupPictures, as: z.uuid("choice-invalid").optional() }),
  files: groupFiles,
  back: () => "/dashboard/groups/new",
  act: async (db, { viewer }, input, { formId }) => {
    const id = await foundGroup(db, viewer, { ...withPictures(input), formId });
    return `${groupDeskPath(id)}/members?done=founded#done`;
  },
});
