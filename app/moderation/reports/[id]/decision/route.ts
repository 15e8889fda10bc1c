import { z } from "zod";
import { moderationDoor } from "#app/moderation/door.ts";
import { isId } from "#lib/ids.ts";
import { decideFlag, decisions } from "#lib/moderation/decision/commands.ts";
import { Refusal } from "#lib/refusal.ts";

const input = z.object({
  decision: z.enum(decisions, "choice-invalid"),
  note: z.string().trim().max(1000, "too-long").default(""),
});

/** Decides about a report. */
export const POST = moderationDoor<typeof input, { id: string }>({
  input,
  page: ({ id }) => `/moderation/reports/${encodeURIComponent(id)}`,
  act: async (db, { viewer }, { decision, note }, { params: { id } }) => {
    if (!isId(id)) throw new Refusal("not-found");
    await decideFlag(db, viewer, { id, decision, note });
    return `/moderation/reports/${id}?said=decided#done`;
  },
});
