import { z } from "zod";
import type { EventFacts } from "#db/schema/event.ts";
import { webUrl } from "#lib/urls.ts";

const line = (max: number) => z.string().trim().max(max, "too-long").optional();
const link = z
  .string()
  .trim()
  .refine((value) => webUrl(value) !== null, "url-invalid")
  .optional();

/** As JSON, with room for the blanks that the database puts into it (`events_facts_length`). */
const longest = 7_900;

const facts = z.object({
  price: z
    .union([
      z.object({ free: z.literal(true) }),
      z.object({
        amount: z.number("number-invalid").min(0, "number-invalid").max(1e9, "number-invalid"),
        currency: z.string().regex(/^[A-Z]{3}$/, "choice-invalid"),
      }),
    ])
    .optional(),
  age: line(100),
  wheelchair: z.enum(["yes", "partly", "no"], "choice-invalid").optional(),
  hearingLoop: z.boolean().optional(),
  signLanguage: z.boolean().optional(),
  captions: z.boolean().optional(),
  quietSpace: z.boolean().optional(),
  bring: line(500),
  schedule: line(3000),
  liveStream: link,
  replay: link,
  own: z
    .array(
      z.object({
        name: z.string().trim().min(1, "required").max(60, "too-long"),
        value: z.string().trim().max(300, "too-long"),
      }),
    )
    .max(5, "too-long")
    .optional(),
});

/**
 * Practical facts; what is absent is unknown. An amount is in the currency's main unit (ISO 4217). Of all of them together
 * the longest is refused that is meant to be long.
 */
export const eventFacts: z.ZodType<EventFacts> = facts.refine((all) => JSON.stringify(all).length <= longest, {
  error: "too-long",
  path: ["schedule"],
});
