import { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { follow, unfollow } from "#lib/actor/follow/commands.ts";
import { getFollow } from "#lib/actor/follow/queries.ts";
import { Refusal } from "#lib/refusal.ts";
import { ownPath } from "#lib/urls.ts";

const input = z.object({
  actor: z.uuid("not-found"),
  wanted: z.enum(["yes", "no"], "choice-invalid"),
  back: z.string().max(500).optional(),
});

/** Follows somebody with the profile that acts, or stops, with whichever profile it was. */
export const POST = signedInRoute({
  input,
  back: () => "/dashboard/following",
  act: async (db, { viewer }, { actor, wanted, back }) => {
    const [own] = viewer.actorIds;
    if (!own) throw new Refusal("forbidden");
    if (wanted === "yes") await follow(db, viewer, own, actor);
    else await unfollow(db, viewer, (await getFollow(db, viewer.actorIds, actor))?.followerId ?? own, actor);
    return ownPath(back, "/dashboard/following");
  },
});
