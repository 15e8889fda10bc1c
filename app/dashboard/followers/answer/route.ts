import { z } from "zod";
import { settingsDoor } from "#app/settings/door.ts";
import { answerFollow } from "#lib/actor/follow/commands.ts";

/** Accepts somebody who asks to follow one of one's profiles, or sends them away. */
export const POST = settingsDoor({
  input: z.object({ follow: z.uuid("not-found"), answer: z.enum(["accept", "decline"], "choice-invalid") }),
  page: () => "/dashboard/followers",
  act: async (db, { viewer }, { follow, answer }) => {
    await answerFollow(db, viewer, follow, answer === "accept");
    return "/dashboard/followers?said=saved#done";
  },
});
