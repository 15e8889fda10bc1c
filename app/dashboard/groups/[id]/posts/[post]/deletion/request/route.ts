import { z } from "zod";
import { deletePost } from "#lib/post/commands.ts";
import { expectPost, postsDesk } from "../../../revise.ts";
import { postDoor } from "../../door.ts";

/** Takes a post away. */
export const POST = postDoor({
  input: z.object({}),
  page: "/deletion",
  act: async (db, viewer, _, ids) => {
    await expectPost(db, viewer, ids, { anywhere: true });
    await deletePost(db, viewer, ids.id);
    return `${postsDesk(ids.groupId)}?done=deleted#done`;
  },
});
