import { database } from "#app/_web/database.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import { writeComment } from "#lib/discussion/comment/commands.ts";
import { commentInput } from "#lib/discussion/comment/input.ts";
import { spend } from "#lib/limits/commands.ts";
import { Refusal } from "#lib/refusal.ts";
import { commentPath, eventPath } from "#lib/urls.ts";
import { commentsPath } from "./path.ts";

/** Says something under an event. Whoever is not signed in any more signs in, and finds what was typed again. */
export const POST = formRoute<typeof commentInput, { id: string }>({
  input: commentInput,
  back: ({ id }) => eventPath(encodeURIComponent(id)),
  keptAs: ({ id }) => commentsPath(encodeURIComponent(id)),
  act: async ({ actor, thread, content }, { params: { id }, client, formId, locale }) => {
    const who = await getSignedIn();
    if (!who) throw new Refusal("sign-in-first");
    const db = database();
    await spend(db, "comment-client", client);
    const comment = { id: formId, actorId: actor, thread, content, language: locale };
    await writeComment(db, who.viewer, id, comment);
    return commentPath(formId);
  },
});
