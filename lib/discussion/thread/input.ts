import { z } from "zod";
import { content, speaker } from "../message/input.ts";

const name = z.string().trim().min(1, "required").max(200, "too-long");

/** A new discussion and what is said first. */
export const discussionInput = z.object({ name, content, actor: speaker });

export const nameInput = z.object({ name });

/** What those who decide can do to a discussion; it stays to be read. */
export const marks = ["locked", "unlocked", "pinned", "unpinned"] as const;
export type Mark = (typeof marks)[number];

export const markInput = z.object({ mark: z.enum(marks, "choice-invalid") });
