import { groupDoor } from "#app/dashboard/groups/door.ts";
import { decideRequest } from "#lib/group/membership/commands.ts";
import { answerInput } from "#lib/group/membership/input.ts";

/** Lets somebody in who asked, or not. */
export const POST = groupDoor({
  input: answerInput,
  page: "requests",
  act: async (db, { viewer }, { person, answer }, id) => {
    const decided = await decideRequest(db, viewer, id, { id: person, accepted: answer === "yes" });
    if (decided === "asked") return decided;
    return answer === "yes" ? "accepted" : "rejected";
  },
});
