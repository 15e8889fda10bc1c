import { z } from "zod";
import { emailInput, trapInput } from "../input.ts";

/** The form of /sign-in. */
export const signInInput = z.object({
  email: emailInput,
  password: z.string().max(200, "sign-in-failed").default(""),
  next: z.string().max(2000).catch("").default(""),
  website: trapInput,
});
