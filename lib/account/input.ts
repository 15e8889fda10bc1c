import { z } from "zod";
import { canonicalAddress } from "#lib/secrets.ts";
import { zoneName } from "#lib/time.ts";

/** Whom somebody means: a handle, here or elsewhere, or an e-mail address; in one spelling, and not judged yet. */
export const whoInput = z
  .string("required")
  .max(1000, "too-long")
  .transform((text) => text.normalize("NFKC").trim())
  .pipe(z.string().min(1, "required").max(254, "too-long"));

/** An e-mail address as it was typed, of which there is a canonical spelling. */
export const emailInput = whoInput.refine((text) => canonicalAddress(text) !== null, "email-invalid");

/** A new password: ten characters at least; nothing else is demanded of it. */
export const passwordInput = z.string("required").min(10, "password-short").max(200, "too-long");

/** A password that somebody has: whatever it is, it is compared, not judged. */
export const presentPassword = z.string().max(200, "password-wrong").default("");

/** What a person or group of this server is to be called, typed with or without its `@`. */
export const handleInput = z
  .string("required")
  .trim()
  .transform((text) => text.replace(/^@/, "").toLowerCase())
  .pipe(
    z
      .string()
      .regex(/^[a-z0-9_]{1,30}$/, "handle-invalid")
      // The instance's own actor, and those of events.
      .refine((handle) => handle !== "relay" && !handle.startsWith("event_"), "handle-taken"),
  );

/** One line: line ends and tabs become spaces. */
export const nameInput = z
  .string()
  .transform((text) => text.replace(/\s+/g, " ").trim())
  .pipe(z.string().max(100, "too-long"))
  .default("");

const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i, "choice-invalid")
  .max(35, "too-long");

/** An IANA zone that can be computed with, in its one spelling. */
export const timezoneInput = z.string("required").transform((value, context) => {
  const name = zoneName(value);
  if (name === null) context.addIssue("zone-unknown");
  return name ?? value;
});

/** What an account is made of, wherever it is made. */
export const accountInput = z.object({
  email: z.string("required").max(320, "email-invalid"),
  password: passwordInput,
  language: language.optional(),
  timezone: timezoneInput.optional(),
  role: z.enum(["member", "moderator", "administrator"]).optional(),
});

export type AccountInput = z.infer<typeof accountInput>;

/** A field that people do not see; whoever fills it in is no person. */
export const trapInput = z.string().max(1000).default("");

export const addressInput = z.object({ email: emailInput, website: trapInput });
