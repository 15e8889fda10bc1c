import { z } from "zod";
import { deskDoor } from "#app/dashboard/door.ts";
import { checkIn } from "#lib/participation/check-in/commands.ts";
import { arrivalPath } from "#lib/urls.ts";

const page = (id: string) => `/dashboard/events/${id}/check-in`;
const person = z.string().max(36).default("");

/** Ticks somebody off at the door, or takes the tick back; then the next one can be searched for. */
export const POST = deskDoor({
  input: z.object({ here: person, gone: person }),
  page,
  act: async (db, { viewer }, { here, gone }, id) => {
    const participationId = here || gone;
    await checkIn(db, viewer, id, { participationId, here: here !== "" });
    return arrivalPath(id, participationId);
  },
});
