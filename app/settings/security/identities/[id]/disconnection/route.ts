import { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { disconnectIdentity } from "#lib/account/identity/commands.ts";
import { isId } from "#lib/ids.ts";
import { Refusal } from "#lib/refusal.ts";

const nothing = z.object({});

export const POST = signedInRoute<typeof nothing, { id: string }>({
  input: nothing,
  back: () => "/settings/security",
  act: async (db, { viewer }, _, { params }) => {
    if (!isId(params.id)) throw new Refusal("not-found");
    await disconnectIdentity(db, viewer, params.id);
    return "/settings/security?done=disconnected#done";
  },
});
