import { database } from "#app/_web/database.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import { getActorPage } from "#lib/actor/queries.ts";
import { openDiscussion } from "#lib/discussion/message/commands.ts";
import { discussionInput } from "#lib/discussion/thread/input.ts";
import { Refusal } from "#lib/refusal.ts";
import { discussionPath } from "#lib/urls.ts";
import { pageOf } from "../../door.ts";

/** Opens a discussion among the members. Whoever is not signed in any more signs in, and finds what was typed again. */
export const POST = formRoute<typeof discussionInput, { handle: string }>({
  input: discussionInput,
  back: ({ handle }) => `${pageOf(handle)}/discussions/new`,
  act: async (input, { params, formId, locale }) => {
    const who = await getSignedIn();
    if (!who) throw new Refusal("sign-in-first");
    const group = await getActorPage(database(), params.handle.toLowerCase());
    if (group?.type !== "Group") throw new Refusal("not-found");
    await openDiscussion(database(), who.viewer, group.id, { ...input, id: formId, language: locale });
    return discussionPath(formId);
  },
});
