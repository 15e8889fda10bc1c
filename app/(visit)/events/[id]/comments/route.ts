import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { writeComment } from "#lib/discussion/comment/commands.ts";
import { commentInput } from "#lib/discussion/comment/input.ts";
import { spend } from "#lib/limits/commands.ts";
import { commentPath, eventPath } from "#lib/urls.ts";
import { commentsPath } from "./path.ts";

/** Says something under an event. */
export const POST = signedInRoute<typeof commentInput, { id: string }>({
  input: commentInput,
  back: ({ id }) => eventPath(encodeURIComponent(id)),
  keptAs: ({ id }) => commentsPath(encodeURIComponent(id)),
  act: async (db, { viewer }, { actor, thread, content }, { params: { id }, client, formId, locale }) => {
    await spend(db, "comment-client", client);
    const comment = { id: formId, actorId: actor, thread, content, language: locale };
    await writeComment(db, viewer, id, comment);
    return commentPath(formId);
  },
});
