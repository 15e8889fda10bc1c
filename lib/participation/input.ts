import { z } from "zod";
import { canonicalAddress } from "#lib/secrets.ts";

/** One line: line ends and tabs become spaces, so that a name cannot break a header or a list. */
const line = (longest: number) =>
  z
    .string()
    .transform((text) => text.replace(/\s+/g, " ").trim())
    .pipe(z.string().max(longest, "too-long"));

const email = z
  .string()
  .max(1000, "too-long")
  .transform((text) => text.normalize("NFKC").trim())
  .pipe(z.string().min(1, "required").max(254, "too-long"))
  .refine((text) => canonicalAddress(text) !== null, "email-invalid");

const guests = z
  .string()
  .regex(/^\d{1,6}$/, "number-invalid")
  .transform(Number)
  .pipe(z.number().max(5, "guests-too-many"))
  .default(0);

const answers = z
  .record(z.string().max(64), z.string().max(1000, "too-long"))
  .refine((given) => Object.keys(given).length <= 20, "bad-form")
  .default({});

/** The form on the event's page. What is not named here is dropped. */
export const joinInput = z.object({
  email,
  name: line(100).default(""),
  guests,
  message: z.string().trim().max(1000, "too-long").default(""),
  answers,
  /** A field that people do not see; whoever fills it in is no person. */
  website: z.string().max(1000).default(""),
});

/** The same for whoever is signed in: one of their profiles instead of an address. */
export const profileInput = joinInput.pick({ guests: true, message: true, answers: true }).extend({
  actor: z.uuid("choice-invalid"),
});

/** What a participant may change afterwards. */
export const changeInput = z.object({ name: line(100).default(""), guests, answers });

/** The last word on how many come along, given with the confirmation; absent = as asked. */
export const confirmInput = z.object({ guests: guests.unwrap().optional() });

export const linksInput = z.object({ email, website: z.string().max(1000).default("") });

export type JoinInput = z.output<typeof joinInput>;
export type ProfileInput = z.output<typeof profileInput>;
export type ChangeInput = z.output<typeof changeInput>;
