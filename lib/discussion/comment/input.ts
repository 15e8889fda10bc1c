import { z } from "zod";

/** Characters of Markdown; what comes from another server may have been longer, and is cut. */
export const longestComment = 5_000;

const content = z.string().trim().min(1, "required").max(longestComment, "too-long");

/** The form under an event. `thread`: the comment that is replied to. What is not named here is dropped. */
export const commentInput = z.object({
  content,
  actor: z.uuid("choice-invalid"),
  thread: z
    .union([z.literal("").transform(() => null), z.uuid("bad-form")])
    .nullish()
    .transform((id) => id ?? null),
});

export const revisionInput = z.object({ content });
