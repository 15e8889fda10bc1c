import { z } from "zod";

const text = (max: number) => z.string().trim().max(max, "too-long");

export const postVisibilities = ["public", "unlisted", "members"] as const;

/** What a post says. A draft may still be without words. */
export const postInput = z.object({
  name: text(200).min(1, "required"),
  content: text(64_000),
  language: text(35).regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i, "choice-invalid"),
  visibility: z.enum(postVisibilities, "choice-invalid"),
  tags: z
    .array(text(50))
    .max(30, "too-long")
    .transform((all) => [...new Set(all.map((tag) => tag.replace(/^#/, "").trim()).filter(Boolean))]),
  coverId: z.uuid("choice-invalid").nullable(),
});
export type PostInput = z.infer<typeof postInput>;
