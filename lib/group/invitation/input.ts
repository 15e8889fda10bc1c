import { z } from "zod";

/** Whom to ask into a group: a handle of this server or another, or an e-mail address. */
export const groupInvitationInput = z.object({
  who: z
    .string("required")
    .max(1000, "too-long")
    .transform((text) => text.normalize("NFKC").trim())
    .pipe(z.string().min(1, "required").max(254, "too-long")),
});
