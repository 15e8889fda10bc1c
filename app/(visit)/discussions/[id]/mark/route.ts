import { markDiscussion } from "#lib/discussion/thread/commands.ts";
import { markInput } from "#lib/discussion/thread/input.ts";
import { discussionDoor } from "../../door.ts";

/** Locks or pins a discussion, or takes that back. */
export const POST = discussionDoor({
  input: markInput,
  page: "/manage",
  act: async (db, { viewer }, { mark }, id) => {
    const decided = await markDiscussion(db, viewer, id, mark);
    return decided === "asked" ? decided : mark;
  },
});
