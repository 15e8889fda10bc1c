import { deskDoor } from "#app/dashboard/door.ts";
import { showPicture } from "#app/dashboard/events/ask.ts";
import { draftSaved } from "#app/dashboard/events/revise.ts";
import { writePost } from "#lib/post/commands.ts";
import { getDeskPost } from "#lib/post/queries.ts";
import { postPath } from "#lib/urls.ts";
import { labelsOf, postForm } from "../../form/fields.ts";
import { describeCover, deskOf, pictures, postsDesk, revise } from "../../revise.ts";

const page = (id: string) => `${postsDesk(id)}/new`;

/** Writes a post: a draft, or at once published. A form sent twice writes one. */
export const POST = deskDoor({
  input: postForm,
  files: pictures,
  labels: labelsOf,
  page,
  act: async (db, { viewer }, form, id, { formId, request }) => {
    const { intent, input, fields } = form;
    if (intent === "picture") return showPicture(db, viewer, fields, { path: page(id), request });
    // A form that saved itself, whose browser was never told so; what others may read was sent twice, and is done.
    const known = await getDeskPost(db, viewer, formId);
    if (known?.post.state === "draft")
      return revise(db, viewer, form, { groupId: id, id: formId, seen: known.post.updatedAt.toISOString() });
    if (known) return postPath(formId);
    await describeCover(db, form);
    await writePost(db, viewer, id, { ...input, id: formId, publish: intent === "publish" });
    if (intent === "autosave")
      return draftSaved((await getDeskPost(db, viewer, formId))!.post.updatedAt, deskOf(id, formId));
    if (intent === "preview") return postPath(formId);
    return intent === "publish"
      ? `${postPath(formId)}?done=published#done`
      : `${postsDesk(id)}/${formId}?done=draft#done`;
  },
});
