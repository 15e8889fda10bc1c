import { z } from "zod";
import { deskDoor } from "#app/dashboard/door.ts";
import { nameContact } from "#lib/event/contact/commands.ts";

/** Lets one's name stand on the page of a group's event, or not. */
export const POST = deskDoor({
  input: z.object({ named: z.enum(["yes", "no"], "choice-invalid") }),
  page: (id) => `/dashboard/events/${id}`,
  act: async (db, { viewer }, { named }, id) => {
    await nameContact(db, viewer, id, named === "yes");
    return `/dashboard/events/${id}?done=saved#done`;
  },
});
