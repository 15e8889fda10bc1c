import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { chooseNotifications } from "#lib/notification/choice/commands.ts";
import { matrixInput } from "#lib/notification/choice/input.ts";

export const POST = signedInRoute({
  input: matrixInput,
  back: () => "/settings/notifications",
  act: async (db, { viewer }, matrix) => {
    await chooseNotifications(db, viewer.accountId, matrix);
    return "/settings/notifications?done=saved#done";
  },
});
