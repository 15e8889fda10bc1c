import { changeParticipation } from "#lib/participation/commands.ts";
import { changeInput } from "#lib/participation/input.ts";
import { participationDoor } from "../door.ts";

export const POST = participationDoor(changeInput, async (db, token, input) => {
  await changeParticipation(db, token, input);
  return "changed";
});
