import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { addProfile } from "#lib/actor/commands.ts";
import { newProfileInput } from "#lib/actor/input.ts";
import { iconFiles, iconInput, withIcon } from "../../pictured.ts";

export const POST = signedInRoute({
  input: newProfileInput.extend(iconInput),
  files: iconFiles,
  back: () => "/settings/profiles/new",
  act: async (db, { viewer }, input) => {
    await addProfile(db, viewer, withIcon(input));
    return "/settings/profiles?done=saved#done";
  },
});
