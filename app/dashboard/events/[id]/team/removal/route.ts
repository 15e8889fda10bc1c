import { z } from "zod";
import { deskDoor } from "#app/dashboard/door.ts";
import { removeStaff } from "#lib/event/staff/commands.ts";

/** Sends somebody away who helps, or withdraws their invitation. */
export const POST = deskDoor({
  input: z.object({ person: z.uuid("bad-form") }),
  page: (id) => `/dashboard/events/${id}/team`,
  act: async (db, { viewer }, { person }, id) => {
    await removeStaff(db, viewer, id, person);
    return `/dashboard/events/${id}/team?done=dismissed#done`;
  },
});
