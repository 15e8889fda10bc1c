import { z } from "zod";
import { deskDoor } from "#app/dashboard/door.ts";
import { addParticipation } from "#lib/participation/desk/commands.ts";

/** Adds somebody by hand. */
export const POST = deskDoor({
  input: z.object({
    name: z.string().trim().min(1, "required").max(100, "too-long"),
    email: z.string().trim().max(254, "too-long").default(""),
    guests: z.coerce
      .number("number-invalid")
      .int("number-invalid")
      .min(0, "number-invalid")
      .max(5, "number-invalid")
      .default(0),
  }),
  page: (id) => `/dashboard/events/${id}/participants/new`,
  act: async (db, { viewer }, input, id, { formId, locale }) => {
    await addParticipation(db, viewer, id, { ...input, formId, language: locale });
    return `/dashboard/events/${id}/participants?state=accepted&done=added#done`;
  },
});
