import { z } from "zod";
import { followServer, unfollowServer } from "#lib/federation/peers/following.ts";
import { spend } from "#lib/limits/commands.ts";
import { moderationDoor } from "../../door.ts";

/** Asks a whole server to be followed, or ends it. */
export const POST = moderationDoor({
  input: z.object({
    host: z.string("host-invalid").max(300, "host-invalid"),
    wanted: z.enum(["yes", "no"], "choice-invalid"),
  }),
  page: "/moderation/instances",
  act: async (db, { viewer }, { host, wanted }) => {
    if (wanted === "yes") await spend(db, "look-up", viewer.accountId);
    const named = wanted === "yes" ? await followServer(db, viewer, host) : host;
    if (wanted === "no") await unfollowServer(db, viewer, host);
    const said = wanted === "yes" ? "follow" : "unfollow";
    return `/moderation/instances/${encodeURIComponent(named)}?said=${said}#done`;
  },
});
