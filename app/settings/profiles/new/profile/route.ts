import { addProfile } from "#lib/actor/commands.ts";
import { newProfileInput } from "#lib/actor/input.ts";
import { settingsDoor } from "../../../door.ts";

export const POST = settingsDoor({
  input: newProfileInput,
  page: () => "/settings/profiles/new",
  act: async (db, { viewer }, input) => {
    await addProfile(db, viewer, input);
    return "/settings/profiles?done=saved#done";
  },
});
