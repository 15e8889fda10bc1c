import { z } from "zod";
import { chooseActor } from "#lib/actor/commands.ts";
import { isId } from "#lib/ids.ts";
import { Refusal } from "#lib/refusal.ts";
import { settingsDoor } from "../../../door.ts";

const nothing = z.object({});

export const POST = settingsDoor<typeof nothing, { id: string }>({
  input: nothing,
  page: () => "/settings/profiles",
  act: async (db, { viewer }, _, { params }) => {
    if (!isId(params.id)) throw new Refusal("not-found");
    await chooseActor(db, viewer, params.id);
    return "/settings/profiles?done=saved#done";
  },
});
