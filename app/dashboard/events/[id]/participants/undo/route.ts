import { z } from "zod";
import { deskDoor } from "#app/dashboard/door.ts";
import { getForm } from "#lib/form/queries.ts";
import { undoDecision } from "#lib/participation/desk/commands.ts";
import { Refusal } from "#lib/refusal.ts";

const page = (id: string) => `/dashboard/events/${id}/participants`;

/** Takes back what was done to several a moment ago. */
export const POST = deskDoor({
  input: z.object({ kept: z.string().max(36).default(""), state: z.string().max(20).default("") }),
  page,
  act: async (db, { viewer }, { kept, state }, id) => {
    const done = await getForm(db, kept, `${page(id)}/undo`, viewer);
    if (!done) throw new Refusal("undo-too-late");
    const { id: ids = [], state: states = [] } = done.values;
    for (const [at, one] of [ids].flat().entries())
      await undoDecision(db, viewer, { id: one, state: [states].flat()[at]! });
    return `${page(id)}?${new URLSearchParams({ state, done: "undone" })}#done`;
  },
});
