import { z } from "zod";
import { answerServer } from "#lib/federation/peers/following.ts";
import { moderationDoor } from "../../door.ts";

/** Lets a server follow this one, or declines. */
export const POST = moderationDoor({
  input: z.object({
    host: z.string("host-invalid").max(300, "host-invalid"),
    answer: z.enum(["accept", "decline"], "choice-invalid"),
  }),
  page: "/moderation/instances",
  act: async (db, { viewer }, { host, answer }) => {
    await answerServer(db, viewer, host, answer === "accept");
    return "/moderation/instances?said=answered#done";
  },
});
