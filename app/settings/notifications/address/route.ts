import { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { allowAddress } from "#lib/notification/suppression/commands.ts";

/** Lets mail to one's own address go again. */
export const POST = signedInRoute({
  input: z.object({}),
  back: () => "/settings/notifications",
  act: async (db, { viewer }) => {
    await allowAddress(db, viewer);
    return "/settings/notifications?done=mail#done";
  },
});
