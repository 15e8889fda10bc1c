import { z } from "zod";
import { chooseReminder } from "#lib/participation/commands.ts";
import { participationDoor } from "../door.ts";

const input = z.object({ wanted: z.enum(["yes", "no"], "choice-invalid") });

export const POST = participationDoor(input, async (db, token, { wanted }) => {
  await chooseReminder(db, token, wanted === "yes");
  return "reminder";
});
