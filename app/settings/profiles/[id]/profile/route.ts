import { updateActor } from "#lib/actor/commands.ts";
import { profileInput } from "#lib/actor/input.ts";
import { isId } from "#lib/ids.ts";
import { Refusal } from "#lib/refusal.ts";
import { settingsDoor } from "../../../door.ts";
import { iconFiles, iconInput, withIcon } from "../../pictured.ts";

const input = profileInput.extend(iconInput);

export const POST = settingsDoor<typeof input, { id: string }>({
  input,
  files: iconFiles,
  page: ({ id }) => `/settings/profiles/${encodeURIComponent(id)}`,
  act: async (db, { viewer }, typed, { params }) => {
    if (!isId(params.id)) throw new Refusal("not-found");
    await updateActor(db, viewer, params.id, withIcon(typed));
    return "/settings/profiles?done=saved#done";
  },
});
