import { z } from "zod";
import { queueServers } from "#lib/federation/peers/following.ts";
import { moderationDoor } from "../../door.ts";

/** Whether servers that ask to follow this one wait for an answer. */
export const POST = moderationDoor({
  input: z.object({ requests: z.enum(["automatic", "queued"], "choice-invalid") }),
  page: "/moderation/instances",
  act: async (db, { viewer }, { requests }) => {
    await queueServers(db, viewer, requests === "queued");
    return "/moderation/instances?said=saved#done";
  },
});
