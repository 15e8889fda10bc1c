import { z } from "zod";
import { evenly } from "#app/_web/evenly.ts";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { requestAddress } from "#lib/account/address/commands.ts";
import { emailInput, presentPassword } from "#lib/account/input.ts";

export const POST = signedInRoute({
  input: z.object({ email: emailInput, password: presentPassword }),
  secret: ["password"],
  back: () => "/settings/address",
  act: async (db, { viewer, sessionId }, { email, password }) => {
    await evenly(500, requestAddress(db, viewer, { email, proof: { sessionId, password } }));
    return "/settings/security?done=address-asked#done";
  },
});
