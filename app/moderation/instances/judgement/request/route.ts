import { z } from "zod";
import { judgePeer } from "#lib/federation/peers/judgement.ts";
import { standings } from "#lib/policy/domain.ts";
import { moderationDoor } from "../../../door.ts";

/** Decides about a server and its sub-domains. */
export const POST = moderationDoor({
  input: z.object({
    host: z.string("host-invalid").max(300, "host-invalid"),
    standing: z.enum(standings, "choice-invalid"),
    note: z.string().trim().max(1000, "too-long").optional(),
  }),
  page: "/moderation/instances/judgement",
  act: async (db, { viewer }, input) => {
    const host = await judgePeer(db, viewer, input);
    return `/moderation/instances/${encodeURIComponent(host)}?said=judged#done`;
  },
});
