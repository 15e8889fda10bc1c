import { z } from "zod";
import { database } from "#app/_web/database.ts";
import { formRoute, see } from "#app/_web/form-route.ts";
import { closeSession } from "#lib/account/session/commands.ts";
import { noSessionCookie, sessionTokenOf } from "#lib/auth/cookie.ts";

/** Ends the session of this browser, in the database too. */
export const POST = formRoute({
  input: z.object({}),
  back: () => "/",
  act: async (_, { request }) => {
    const token = sessionTokenOf(request);
    if (token) await closeSession(database(), token);
    return { location: "/sign-in?done=signed-out#done", cookies: [noSessionCookie()] };
  },
});

export const GET = () => see("/");
