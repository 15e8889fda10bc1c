import { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { answerFollow } from "#lib/actor/follow/commands.ts";

/** Accepts somebody who asks to follow one of one's profiles, or sends them away. */
export const POST = signedInRoute({
  input: z.object({ follow: z.uuid("not-found"), answer: z.enum(["accept", "decline"], "choice-invalid") }),
  back: () => "/dashboard/followers",
  act: async (db, { viewer }, { follow, answer }) => {
    await answerFollow(db, viewer, follow, answer === "accept");
    return "/dashboard/followers?said=saved#done";
  },
});
