import { nameDiscussion } from "#lib/discussion/thread/commands.ts";
import { nameInput } from "#lib/discussion/thread/input.ts";
import { discussionDoor } from "../../door.ts";

/** Gives a discussion another title. */
export const POST = discussionDoor({
  input: nameInput,
  page: "/manage",
  act: async (db, { viewer }, input, id) => {
    const decided = await nameDiscussion(db, viewer, id, input);
    return decided === "asked" ? decided : "named";
  },
});
