import { joinGroupAway } from "#lib/group/away/commands.ts";
import { joinGroup } from "#lib/group/membership/commands.ts";
import { joinInput } from "#lib/group/membership/input.ts";
import { belongingDoor } from "../../door.ts";

/** Comes into the group, or asks to; of another server, by a Join. */
export const POST = belongingDoor({
  input: joinInput,
  act: async (db, { viewer }, input, { id, host }) =>
    (await (host ? joinGroupAway : joinGroup)(db, viewer, id, input)) === "member" ? "joined" : "asked",
});
