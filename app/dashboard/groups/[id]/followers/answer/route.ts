import { groupDoor } from "#app/dashboard/groups/door.ts";
import { decideFollower } from "#lib/group/follower/commands.ts";
import { answerInput } from "#lib/group/membership/input.ts";

/** Lets somebody follow the group, or not, or not any more. */
export const POST = groupDoor({
  input: answerInput,
  page: "followers",
  act: async (db, { viewer }, { person, answer }, id) => {
    await decideFollower(db, viewer, id, { id: person, accepted: answer === "yes" });
    return "answered";
  },
});
