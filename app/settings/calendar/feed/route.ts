import { z } from "zod";
import { closeCalendar, resetCalendar } from "#lib/account/calendar/commands.ts";
import { settingsDoor } from "../../door.ts";

/** Opens the private feed, gives it a new address, or closes it. */
export const POST = settingsDoor({
  input: z.object({ open: z.enum(["yes", "no"], "choice-invalid") }),
  page: () => "/settings/calendar",
  act: async (db, { viewer }, { open }) => {
    await (open === "yes" ? resetCalendar : closeCalendar)(db, viewer);
    return `/settings/calendar?done=${open === "yes" ? "calendar" : "calendar-closed"}#done`;
  },
});
