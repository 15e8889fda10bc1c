import { chooseNotifications } from "#lib/notification/choice/commands.ts";
import { matrixInput } from "#lib/notification/choice/input.ts";
import { settingsDoor } from "../../door.ts";

export const POST = settingsDoor({
  input: matrixInput,
  page: () => "/settings/notifications",
  act: async (db, { viewer }, matrix) => {
    await chooseNotifications(db, viewer.accountId, matrix);
    return "/settings/notifications?done=saved#done";
  },
});
