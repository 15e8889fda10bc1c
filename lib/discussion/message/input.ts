import { z } from "zod";

/** Characters of Markdown. */
export const longestMessage = 10_000;

export const content = z.string().trim().min(1, "required").max(longestMessage, "too-long");

/** The profile that speaks, where several may. */
export const speaker = z.uuid("choice-invalid").optional();

/** The form under a discussion. `quoted`: the message that is answered. */
export const messageInput = z.object({
  content,
  actor: speaker,
  quoted: z
    .union([z.literal("").transform(() => null), z.uuid("bad-form")])
    .nullish()
    .transform((id) => id ?? null),
});

export const revisionInput = z.object({ content });
