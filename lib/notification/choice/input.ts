import { z } from "zod";
import { cadences, discussionCadences, type Matrix } from "./matrix.ts";

const cadence = z.enum(cadences, "choice-invalid");
/** A box that is not ticked is not sent. */
const box = z.literal("yes", "choice-invalid").optional();
const told = (ticked: "yes" | undefined) => (ticked ? "at-once" : "off");

/** The matrix as its form sends it. */
export const matrixInput = z
  .object({
    "reminder-week": box,
    "reminder-day": box,
    "reminder-morning": box,
    requests: cadence,
    newcomers: cadence,
    comments: cadence,
    followed: cadence,
    posts: cadence,
    discussions: cadence,
    invitations: box,
    mentions: box,
  })
  .transform(
    (form): Matrix => ({
      ...form,
      "reminder-week": told(form["reminder-week"]),
      "reminder-day": told(form["reminder-day"]),
      "reminder-morning": told(form["reminder-morning"]),
      invitations: told(form.invitations),
      mentions: told(form.mentions),
    }),
  );

/** How often one wishes to hear of one discussion; `as-all`: as of all of them. */
export const discussionCadenceInput = z.object({
  cadence: z
    .enum(["as-all", ...discussionCadences], "choice-invalid")
    .transform((chosen) => (chosen === "as-all" ? null : chosen)),
});
