import { z } from "zod";
import { deskDoor } from "#app/dashboard/door.ts";
import { publishEvent, unscheduleEvent } from "#lib/event/publication/commands.ts";

/** Makes a draft public now; or takes back that it becomes so by itself. */
export const POST = deskDoor({
  input: z.object({ later: z.literal("never").optional().catch(undefined) }),
  page: (id) => `/dashboard/events/${id}`,
  act: async (db, who, { later }, id) => {
    if (later) await unscheduleEvent(db, who.viewer, id);
    else await publishEvent(db, who.viewer, id);
    return `/dashboard/events/${id}?done=${later ? "unscheduled" : "published"}#done`;
  },
});
