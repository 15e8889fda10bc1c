import { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { joinAway, leaveAway } from "#lib/participation/away/commands.ts";
import { eventPath } from "#lib/urls.ts";

const input = z.object({ actor: z.uuid("choice-invalid"), wanted: z.enum(["yes", "no"], "choice-invalid") });

/** Asks another server for a place at its event, with one of one's own profiles, or gives it back. */
export const POST = signedInRoute<typeof input, { id: string }>({
  input,
  back: ({ id }) => eventPath(encodeURIComponent(id)),
  act: async (db, { viewer, language, timezone }, { actor, wanted }, { params: { id } }) => {
    if (wanted === "yes") await joinAway(db, viewer, id, { actorId: actor, language, timezone });
    else await leaveAway(db, viewer, id, actor);
    return `${eventPath(id)}#join`;
  },
});
