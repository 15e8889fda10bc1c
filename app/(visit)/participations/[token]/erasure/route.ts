import { z } from "zod";
import { eraseParticipation } from "#lib/participation/erasure/commands.ts";
import { participationDoor } from "../door.ts";

export const POST = participationDoor(z.object({}), async (db, token) => {
  await eraseParticipation(db, token);
  return "/participations/erased";
});
