import { z } from "zod";
import { actorInput, profileInput } from "#lib/actor/input.ts";

const ticked = z
  .literal("yes", "choice-invalid")
  .optional()
  .transform((value) => value === "yes");

/** What administrators may change of a group: all but its handle. */
export const groupInput = profileInput.extend({
  openness: z.enum(["open", "moderated", "invite_only"], "choice-invalid").default("moderated"),
  visibility: z.enum(["public", "unlisted"], "choice-invalid").default("public"),
  membersShown: ticked,
  membersOrganise: ticked,
  approvesFollowers: ticked,
});
export type GroupInput = z.output<typeof groupInput>;

/** The same with the handle that it will have for good. */
export const newGroupInput = groupInput.extend({ handle: actorInput.shape.handle });
export type NewGroupInput = z.output<typeof newGroupInput>;
