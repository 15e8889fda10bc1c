import { z } from "zod";
import { zoneName } from "#lib/time.ts";

/** What an account is made of, wherever it is made. */
export const accountInput = z.object({
  email: z.string("required").max(320, "email-invalid"),
  password: z.string("required").min(10, "password-short").max(200, "too-long"),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i, "choice-invalid")
    .max(35, "too-long")
    .optional(),
  timezone: z
    .string()
    .refine((value) => zoneName(value) !== null, "zone-unknown")
    .optional(),
  role: z.enum(["member", "moderator", "administrator"]).optional(),
});

export type AccountInput = z.infer<typeof accountInput>;
