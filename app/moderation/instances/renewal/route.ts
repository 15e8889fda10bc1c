import { z } from "zod";
import { refetchServer } from "#lib/federation/peers/following.ts";
import { retryPeer } from "#lib/federation/peers/judgement.ts";
import { spend } from "#lib/limits/commands.ts";
import { moderationDoor } from "../../door.ts";

/** Reads again what a server announced, or tries to reach one that could not be. */
export const POST = moderationDoor({
  input: z.object({
    host: z.string("host-invalid").max(300, "host-invalid"),
    what: z.enum(["refetch", "retry"], "choice-invalid"),
  }),
  page: "/moderation/instances",
  act: async (db, { viewer }, { host, what }) => {
    await spend(db, "look-up", viewer.accountId);
    if (what === "retry") await retryPeer(db, viewer, host);
    else await refetchServer(db, viewer, host);
    return `/moderation/instances/${encodeURIComponent(host)}?said=${what}#done`;
  },
});
