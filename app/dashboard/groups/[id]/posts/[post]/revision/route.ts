import { showPicture } from "#app/dashboard/events/ask.ts";
import { spend } from "#lib/limits/commands.ts";
import { postForm } from "../../form/fields.ts";
import { pictures, postsDesk, revise } from "../../revise.ts";
import { postDoor } from "../door.ts";

/** Changes a post; of a draft also whether it is published from now on. */
export const POST = postDoor({
  input: postForm,
  files: pictures,
  page: "",
  act: async (db, viewer, form, { groupId, id }, { request }) => {
    const { intent, fields } = form;
    if (intent === "picture") return showPicture(db, viewer, fields, { path: `${postsDesk(groupId)}/${id}`, request });
    if (intent === "autosave") await spend(db, "autosave", viewer.accountId);
    return revise(db, viewer, form, { groupId, id, seen: fields.seen });
  },
});
