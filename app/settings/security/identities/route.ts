import { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { connectIdentity } from "#lib/account/identity/commands.ts";
import { getNewIdentity } from "#lib/account/identity/queries.ts";
import { Refusal } from "#lib/refusal.ts";

/** Connects the identity with which somebody just came back from the provider. */
export const POST = signedInRoute({
  input: z.object({ identity: z.uuid("bad-form") }),
  back: () => "/settings/security",
  act: async (db, { viewer }, { identity }) => {
    const found = await getNewIdentity(db, identity);
    if (!found) throw new Refusal("form-stale");
    await connectIdentity(db, viewer, found);
    return "/settings/security?done=connected#done";
  },
});
