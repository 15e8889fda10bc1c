import { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { deleteAccount } from "#lib/account/erasure/commands.ts";
import { presentPassword } from "#lib/account/input.ts";
import { noSessionCookie } from "#lib/auth/cookie.ts";

export const POST = signedInRoute({
  input: z.object({ handle: z.string().max(100, "handle-differs"), password: presentPassword }),
  secret: ["password"],
  back: () => "/settings/deletion",
  act: async (db, { viewer, sessionId }, { handle, password }) => {
    await deleteAccount(db, viewer, { handle, proof: { sessionId, password } });
    return { location: "/sign-in?done=deleted#done", cookies: [noSessionCookie()] };
  },
});
