import { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { moveGroup } from "#lib/group/moving/commands.ts";
import { getDestination } from "#lib/group/moving/queries.ts";
import { isId } from "#lib/ids.ts";
import { Refusal } from "#lib/refusal.ts";
import { groupDeskPath } from "#lib/urls.ts";
import { findFor } from "../../find.ts";

const input = z.object({ handle: z.string().max(100, "too-long").default("") });

/** Moves the group, once its handle was typed; where it is to be is looked at once more. */
export const POST = signedInRoute<typeof input, { id: string; to: string }>({
  input,
  back: ({ id, to }) => `${groupDeskPath(encodeURIComponent(id))}/moving/${encodeURIComponent(to)}`,
  act: async (db, { viewer }, { handle }, { params: { id, to } }) => {
    const known = isId(id) && isId(to) ? await getDestination(db, { groupId: id, toId: to }) : null;
    if (!known?.to.uri) throw new Refusal("not-found");
    const found = await findFor(db, viewer, id, known.to.uri);
    await moveGroup(db, viewer, id, { to: found.id, handle });
    return `${groupDeskPath(id)}/moving?done=moved#done`;
  },
});
