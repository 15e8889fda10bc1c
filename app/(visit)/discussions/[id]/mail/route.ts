import { chooseCadence } from "#lib/discussion/reading/commands.ts";
import { getDiscussion } from "#lib/discussion/thread/queries.ts";
import { discussionCadenceInput } from "#lib/notification/choice/input.ts";
import { Refusal } from "#lib/refusal.ts";
import { discussionDoor } from "../../door.ts";

/** Keeps how often a member wishes to hear of a discussion. */
export const POST = discussionDoor({
  input: discussionCadenceInput,
  act: async (db, { viewer }, { cadence }, discussionId) => {
    if (!(await getDiscussion(db, viewer, discussionId))) throw new Refusal("not-found");
    await chooseCadence(db, { accountId: viewer.accountId, discussionId }, cadence);
    return "mail";
  },
});
