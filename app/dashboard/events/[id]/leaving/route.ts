import { z } from "zod";
import { deskDoor } from "#app/dashboard/door.ts";
import { leaveStaff } from "#lib/event/staff/commands.ts";

/** Ends one's own help with another's event. */
export const POST = deskDoor({
  input: z.object({}),
  page: (id) => `/dashboard/events/${id}`,
  act: async (db, { viewer }, _, id) => {
    await leaveStaff(db, viewer, id);
    return "/dashboard?done=quit#done";
  },
});
