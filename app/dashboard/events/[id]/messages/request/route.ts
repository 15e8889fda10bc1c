import { z } from "zod";
import { deskDoor } from "#app/dashboard/door.ts";
import { announce } from "#lib/notification/announcement/commands.ts";
import { audiences, countTellable } from "#lib/notification/announcement/queries.ts";

const input = z.object({
  audience: z.enum(audiences, "choice-invalid").default("all"),
  name: z.string().trim().min(1, "required").max(100, "too-long"),
  content: z.string().trim().min(1, "required").max(5000, "too-long"),
  shown: z
    .string()
    .default("")
    .transform((value) => value === "yes"),
});

/** Writes to participants. */
export const POST = deskDoor({
  input,
  page: (id) => `/dashboard/events/${id}/messages`,
  act: async (db, { viewer }, message, id, { formId }) => {
    await announce(db, viewer, id, formId, message);
    const count = (await countTellable(db, id))[message.audience];
    return `/dashboard/events/${id}/messages?done=sent&count=${count}#done`;
  },
});
