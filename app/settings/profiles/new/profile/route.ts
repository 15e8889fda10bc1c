import { addProfile } from "#lib/actor/commands.ts";
import { newProfileInput } from "#lib/actor/input.ts";
import { settingsDoor } from "../../../door.ts";
import { iconFiles, iconInput, withIcon } from "../../pictured.ts";

export const POST = settingsDoor({
  input: newProfileInput.extend(iconInput),
  files: iconFiles,
  page: () => "/settings/profiles/new",
  act: async (db, { viewer }, input) => {
    await addProfile(db, viewer, withIcon(input));
    return "/settings/profiles?done=saved#done";
  },
});
