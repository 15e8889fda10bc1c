import { z } from "zod";
import { closeSessions } from "#lib/account/session/commands.ts";
import { settingsDoor } from "../../../door.ts";

/** Ends all sessions but the one that asks. */
export const POST = settingsDoor({
  input: z.object({}),
  page: () => "/settings/security",
  act: async (db, { viewer, sessionId }) => {
    await closeSessions(db, viewer.accountId, sessionId);
    return "/settings/security?done=sessions#done";
  },
});
