import { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { lookUp } from "#lib/federation/remote/lookup.ts";
import { spend } from "#lib/limits/commands.ts";

/** Looks an event or a profile of another server up, for somebody who is signed in, and leads to its page here. */
export const POST = signedInRoute({
  input: z.object({ address: z.string("required").trim().min(1, "required").max(2048, "too-long") }),
  back: () => "/dashboard/following",
  act: async (db, { viewer }, { address }) => {
    await spend(db, "look-up", viewer.accountId);
    return lookUp(db, address);
  },
});
