import { z } from "zod";
import { whoInput } from "#lib/account/input.ts";
import { staffRoles } from "#lib/policy/staff.ts";

/** Whom to invite (a handle of this server, or an e-mail address), and as what. */
export const invitationInput = z.object({ who: whoInput, role: z.enum(staffRoles, "choice-invalid") });

export type InvitationInput = z.output<typeof invitationInput>;
