import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { updateActor } from "#lib/actor/commands.ts";
import { profileInput } from "#lib/actor/input.ts";
import { isId } from "#lib/ids.ts";
import { Refusal } from "#lib/refusal.ts";
import { iconFiles, iconInput, withIcon } from "../../pictured.ts";

const input = profileInput.extend(iconInput);

export const POST = signedInRoute<typeof input, { id: string }>({
  input,
  files: iconFiles,
  back: ({ id }) => `/settings/profiles/${encodeURIComponent(id)}`,
  act: async (db, { viewer }, typed, { params }) => {
    if (!isId(params.id)) throw new Refusal("not-found");
    await updateActor(db, viewer, params.id, withIcon(typed));
    return "/settings/profiles?done=saved#done";
  },
});
