import { z } from "zod";
import { confirmAddress, undoAddress } from "#lib/account/address/commands.ts";
import { addressPath } from "#lib/urls.ts";
import { tokenDoor } from "../../../token-door.ts";

const input = z.object({ undo: z.enum(["yes", ""], "choice-invalid").default("") });

export const POST = tokenDoor(input, addressPath, async (db, token, { undo }, doorstep) => {
  const done = undo ? "restored" : "address";
  const session = await (undo ? undoAddress : confirmAddress)(db, token, doorstep);
  return { session, location: `/settings/security?done=${done}#done` };
});
