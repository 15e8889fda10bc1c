import { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { decideComment } from "#lib/discussion/comment/commands.ts";
import { commentShelves, getDecidableComment } from "#lib/discussion/comment/queries.ts";
import { Refusal } from "#lib/refusal.ts";
import { commentPath } from "#lib/urls.ts";

const input = z.object({
  state: z.enum(["published", "hidden"], "choice-invalid"),
  /** The version that was read. */
  seen: z
    .string()
    .regex(/^\d{1,15}$/, "bad-form")
    .transform(Number)
    .optional(),
  /** The list on the desk that it was decided from. */
  from: z.union([z.literal(""), z.enum(commentShelves)]).default(""),
});

/** Shows a comment to everybody, or hides it; what was changed since it was read is shown once more. */
export const POST = signedInRoute<typeof input, { id: string }>({
  input,
  back: ({ id }) => commentPath(encodeURIComponent(id)),
  act: async (db, { viewer }, { state, seen, from }, { params: { id } }) => {
    const comment = await getDecidableComment(db, viewer, id);
    if (!comment) throw new Refusal("not-found");
    const back = (done: string) =>
      from ? `/dashboard/events/${comment.eventId}/comments?state=${from}&done=${done}#done` : commentPath(id);
    try {
      await decideComment(db, viewer, id, state, seen);
      return back(state === "published" ? "shown" : "hid");
    } catch (error) {
      if (error instanceof Refusal && error.code === "changed-meanwhile") return back("reworded");
      throw error;
    }
  },
});
