import { z } from "zod";
import { handleInput, nameInput } from "#lib/account/input.ts";

export const tones = ["pine", "sea", "iris", "plum", "brick", "ochre", "moss", "slate"] as const;
export type Tone = (typeof tones)[number];

/** What a person or group of this server is made of. */
export const actorInput = z.object({
  type: z.enum(["Person", "Group"], "choice-invalid").optional(),
  handle: handleInput,
  name: z.string().trim().max(100, "too-long").optional(),
  summary: z.string().trim().max(5000, "too-long").optional(),
  tone: z.enum(tones, "choice-invalid").optional(),
  locality: z.string().trim().max(120, "too-long").optional(),
  openness: z.enum(["open", "moderated", "invite_only"], "choice-invalid").optional(),
  accountId: z.uuid().optional(),
});

export type ActorInput = z.infer<typeof actorInput>;

/** What the owner of a profile may change: all but its handle. */
export const profileInput = z.object({
  name: nameInput,
  summary: z.string().trim().max(5000, "too-long").default(""),
  locality: z.string().trim().max(120, "too-long").default(""),
  tone: z
    .union([z.enum(tones), z.literal("")], "choice-invalid")
    .default("")
    .transform((tone) => tone || null),
});

/** The same with the handle that it will have for good. */
export const newProfileInput = profileInput.extend({ handle: actorInput.shape.handle });

export type ProfileInput = z.output<typeof profileInput>;
