import { z } from "zod";
import { deletePost } from "#lib/post/commands.ts";
import { postPath } from "#lib/urls.ts";
import { expectPost, postsDesk } from "../../../revise.ts";
import { postDoor } from "../../door.ts";

/** Takes a post away. */
export const POST = postDoor({
  input: z.object({}),
  page: "/deletion",
  act: async (db, viewer, _, ids) => {
    await expectPost(db, viewer, ids, { anywhere: true });
    if ((await deletePost(db, viewer, ids.id)) === "asked") return `${postPath(ids.id)}?done=asked#done`;
    return `${postsDesk(ids.groupId)}?done=deleted#done`;
  },
});
