import { z } from "zod";
import { deskDoor } from "#app/dashboard/door.ts";
import { cancelEvent } from "#lib/event/commands.ts";
import { keepForm } from "#lib/form/commands.ts";

const page = (id: string) => `/dashboard/events/${id}/cancellation`;

/** Calls an event off, or shows first what people will be mailed. */
export const POST = deskDoor({
  input: z.object({ message: z.string().trim().max(2000, "too-long").default(""), intent: z.string().default("") }),
  page,
  act: async (db, who, { message, intent }, id) => {
    if (intent === "preview") {
      const by = { accountId: who.viewer.accountId };
      const form = await keepForm(db, { path: page(id), outcome: "preview", values: { message }, by });
      return `${page(id)}?form=${form}#mail`;
    }
    await cancelEvent(db, who.viewer, id, message);
    return `/dashboard/events/${id}?done=cancelled#done`;
  },
});
