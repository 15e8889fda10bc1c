import { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { queueFollowers } from "#lib/actor/follow/commands.ts";

/** Whether those who ask to follow a profile wait for an answer. */
export const POST = signedInRoute({
  input: z.object({ actor: z.uuid("not-found"), requests: z.enum(["automatic", "queued"], "choice-invalid") }),
  back: () => "/dashboard/followers",
  act: async (db, { viewer }, { actor, requests }) => {
    await queueFollowers(db, viewer, actor, requests === "queued");
    return "/dashboard/followers?said=saved#done";
  },
});
