import { z } from "zod";
import { groupDoor } from "#app/dashboard/groups/door.ts";
import { takeOutEvent } from "#lib/event/remote/commands.ts";

/** Takes an event that lives on another server out of the group. */
export const POST = groupDoor({
  input: z.object({ event: z.uuid("bad-form") }),
  page: null,
  act: async (db, { viewer }, { event }, id) => {
    const decided = await takeOutEvent(db, viewer, { id: event, groupId: id });
    return decided === "asked" ? decided : "taken-out";
  },
});
