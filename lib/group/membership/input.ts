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

/** One person of a list: the id of what stands there for them. */
export const personInput = z.object({ person: z.uuid("bad-form") });
export const roleInput = personInput.extend({ role: z.enum(groupRoles, "choice-invalid") });
export const answerInput = personInput.extend({ answer: z.enum(["yes", "no"], "choice-invalid") });
