import { z } from "zod";
import { groupRoles } from "#lib/policy/group.ts";

/** Asking to come into a group: as which profile, with a word to its administrators, and whether the name may show. */
export const joinInput = z.object({
  as: z.uuid("choice-invalid").optional(),
  message: z.string().trim().max(1000, "too-long").default(""),
  shown: z
    .literal("yes", "choice-invalid")
    .optional()
    .transform((value) => value === "yes"),
});
export type JoinGroupInput = z.output<typeof joinInput>;

export const roleInput = z.object({ person: z.uuid("bad-form"), role: z.enum(groupRoles, "choice-invalid") });
