import { z } from "zod";
import { deskDoor } from "#app/dashboard/door.ts";
import { duplicateEvent } from "#lib/event/copy/commands.ts";
import { spend } from "#lib/limits/commands.ts";

/** A draft like this event. */
export const POST = deskDoor({
  input: z.object({}),
  page: (id) => `/dashboard/events/${id}`,
  act: async (db, who, _, id, { formId }) => {
    await spend(db, "new-event", who.viewer.accountId);
    const copy = await duplicateEvent(db, who.viewer, id, formId);
    return `/dashboard/events/${copy}/edit?done=copied#done`;
  },
});
