import { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { doorstepOf } from "#app/_web/viewer.ts";
import { passwordInput, presentPassword } from "#lib/account/input.ts";
import { changePassword } from "#lib/account/recovery/commands.ts";
import { sessionCookie } from "#lib/auth/cookie.ts";

export const POST = signedInRoute({
  input: z.object({ password: presentPassword, new_password: passwordInput }),
  secret: ["password", "new_password"],
  back: () => "/settings/password",
  act: async (db, { viewer, sessionId }, input, { request }) => {
    const change = { proof: { sessionId, password: input.password }, password: input.new_password };
    const session = await changePassword(db, viewer, change, doorstepOf(request));
    return { location: "/settings/security?done=password#done", cookies: [sessionCookie(session)] };
  },
});
