import { z } from "zod";
import { allowAddress } from "#lib/notification/suppression/commands.ts";
import { settingsDoor } from "../../door.ts";

/** Lets mail to one's own address go again. */
export const POST = settingsDoor({
  input: z.object({}),
  page: () => "/settings/notifications",
  act: async (db, { viewer }) => {
    await allowAddress(db, viewer);
    return "/settings/notifications?done=mail#done";
  },
});
