import { database } from "#app/_web/database.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { keepPicture } from "#app/_web/kept-picture.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import { showPicture } from "#app/dashboard/events/ask.ts";
import { getActorPage } from "#lib/actor/queries.ts";
import { openDiscussion } from "#lib/discussion/message/commands.ts";
import { discussionInput } from "#lib/discussion/thread/input.ts";
import { Refusal } from "#lib/refusal.ts";
import { discussionPath } from "#lib/urls.ts";
import { saidForm } from "../../../discussions/said.ts";
import { pageOf } from "../../door.ts";

const form = saidForm(discussionInput);
const page = ({ handle }: { handle: string }) => `${pageOf(handle)}/discussions/new`;

/** Opens a discussion among the members. Whoever is not signed in any more signs in, and finds what was typed again. */
export const POST = formRoute<typeof form, { handle: string }>({
  input: form,
  files: { picture: keepPicture("picture") },
  back: page,
  act: async ({ fields, input }, { params, formId, locale, request }) => {
    const who = await getSignedIn();
    if (!who) throw new Refusal("sign-in-first");
    if (!input) return showPicture(database(), fields, { path: page(params), request });
    const group = await getActorPage(database(), params.handle.toLowerCase());
    if (group?.type !== "Group") throw new Refusal("not-found");
    await openDiscussion(database(), who.viewer, group.id, { ...input, id: formId, language: locale });
    return discussionPath(formId);
  },
});
