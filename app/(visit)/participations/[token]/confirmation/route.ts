import { confirmParticipation } from "#lib/participation/commands.ts";
import { confirmInput } from "#lib/participation/input.ts";
import { participationDoor } from "../door.ts";

export const POST = participationDoor(confirmInput, async (db, token, input) => {
  const { state, repeated } = await confirmParticipation(db, token, input);
  if (repeated) return "again";
  return state === "accepted" ? "confirmed" : state === "waitlisted" ? "waiting" : "requested";
});
