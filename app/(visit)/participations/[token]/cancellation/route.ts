import { z } from "zod";
import { cancelParticipation } from "#lib/participation/commands.ts";
import { participationDoor } from "../door.ts";

export const POST = participationDoor(z.object({}), async (db, token) => {
  await cancelParticipation(db, token);
  return "left";
});
