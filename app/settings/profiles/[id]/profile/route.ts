import { updateActor } from "#lib/actor/commands.ts";
import { profileInput } from "#lib/actor/input.ts";
import { isId } from "#lib/ids.ts";
import { Refusal } from "#lib/refusal.ts";
import { settingsDoor } from "../../../door.ts";

export const POST = settingsDoor<typeof profileInput, { id: string }>({
  input: profileInput,
  page: ({ id }) => `/settings/profiles/${encodeURIComponent(id)}`,
  act: async (db, { viewer }, input, { params }) => {
    if (!isId(params.id)) throw new Refusal("not-found");
    await updateActor(db, viewer, params.id, input);
    return "/settings/profiles?done=saved#done";
  },
});
