import { z } from "zod";
import { locales } from "#lib/locale/index.ts";
import { timezoneInput } from "../input.ts";

/** Language, zone, where one lives (empty: not said) and how far around it is near, in kilometres. */
export const preferencesInput = z.object({
  language: z.enum(locales as [string, ...string[]], "choice-invalid"),
  timezone: timezoneInput,
  homeTown: z.string().trim().max(200, "too-long").default(""),
  homeRadius: z
    .string()
    .regex(/^\d{1,3}$/, "number-invalid")
    .transform(Number)
    .pipe(z.number().min(1, "number-invalid").max(500, "number-invalid"))
    .default(25),
});

export type PreferencesInput = z.output<typeof preferencesInput>;
