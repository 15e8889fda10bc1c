import { z } from "zod";
import { staffRoles } from "#lib/policy/staff.ts";

/** Whom to invite (a handle of this server, or an e-mail address), and as what. */
export const invitationInput = z.object({
  who: z
    .string("required")
    .max(1000, "too-long")
    .transform((text) => text.normalize("NFKC").trim())
    .pipe(z.string().min(1, "required").max(254, "too-long")),
  role: z.enum(staffRoles, "choice-invalid"),
});

export type InvitationInput = z.output<typeof invitationInput>;
