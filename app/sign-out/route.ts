import { z } from "zod";
import { database } from "#app/_web/database.ts";
import { formRoute, see } from "#app/_web/form-route.ts";
import { closeSession } from "#lib/account/session/commands.ts";
import { noSessionCookie, sessionTokenOf } from "#lib/auth/cookie.ts";
import { ownPath } from "#lib/urls.ts";

/** Ends the session of this browser, in the database too. `next`: where the next sign-in leads. */
export const POST = formRoute({
  input: z.object({ next: z.string().max(2000).catch("").default("") }),
  back: () => "/",
  act: async ({ next }, { request }) => {
    const token = sessionTokenOf(request);
    if (token) await closeSession(database(), token);
    const on = ownPath(next, "");
    const location = `/sign-in?done=signed-out${on ? `&next=${encodeURIComponent(on)}` : ""}#done`;
    return { location, cookies: [noSessionCookie()] };
  },
});

export const GET = () => see("/");
