import { z } from "zod";
import { showMembership } from "#lib/group/membership/commands.ts";
import { belongingDoor } from "../../door.ts";

/** Shows one's name among the members, or hides it. */
export const POST = belongingDoor({
  input: z.object({ shown: z.enum(["yes", "no"], "choice-invalid") }),
  act: async (db, { viewer }, { shown }, { id }) => {
    await showMembership(db, viewer, id, shown === "yes");
    return "shown";
  },
});
