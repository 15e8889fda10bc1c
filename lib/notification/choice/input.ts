import { z } from "zod";
import { cadences, type Matrix } from "./matrix.ts";

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
    invitations: box,
  })
  .transform(
    (form): Matrix => ({
      ...form,
      "reminder-week": told(form["reminder-week"]),
      "reminder-day": told(form["reminder-day"]),
      "reminder-morning": told(form["reminder-morning"]),
      invitations: told(form.invitations),
    }),
  );
