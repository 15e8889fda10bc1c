import { z } from "zod";
import { emailInput, handleInput, nameInput, passwordInput, trapInput } from "../input.ts";

/** The form of /sign-up. No password: a mailed link opens the account each time. */
export const signUpInput = z.object({
  email: emailInput,
  password: z.union([z.literal(""), passwordInput], "password-short").default(""),
  handle: handleInput,
  name: nameInput,
  application: z.string().trim().max(1000, "too-long").default(""),
  /** The kept form in which an OpenID Connect identity waits for its account. */
  identity: z.union([z.literal(""), z.uuid()], "bad-form").default(""),
  website: trapInput,
});

/** The button of the mailed link; a handle only where the one wanted was taken meanwhile. */
export const confirmSignUpInput = z.object({ handle: handleInput.optional() });

export type SignUpInput = z.output<typeof signUpInput>;
