import { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { closeCalendar, resetCalendar } from "#lib/account/calendar/commands.ts";

/** Opens the private feed, gives it a new address, or closes it. */
export const POST = signedInRoute({
  input: z.object({ open: z.enum(["yes", "no"], "choice-invalid") }),
  back: () => "/settings/calendar",
  act: async (db, { viewer }, { open }) => {
    await (open === "yes" ? resetCalendar : closeCalendar)(db, viewer);
    return `/settings/calendar?done=${open === "yes" ? "calendar" : "calendar-closed"}#done`;
  },
});
