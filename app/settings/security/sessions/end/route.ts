import { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { closeSessions } from "#lib/account/session/commands.ts";

/** Ends all sessions but the one that asks. */
export const POST = signedInRoute({
  input: z.object({}),
  back: () => "/settings/security",
  act: async (db, { viewer, sessionId }) => {
    await closeSessions(db, viewer.accountId, sessionId);
    return "/settings/security?done=sessions#done";
  },
});
