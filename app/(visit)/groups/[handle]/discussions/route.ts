import { keepPicture } from "#app/_web/kept-picture.ts";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
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

/** Opens a discussion among the members. */
export const POST = signedInRoute<typeof form, { handle: string }>({
  input: form,
  files: { picture: keepPicture("picture") },
  back: page,
  act: async (db, { viewer }, { fields, input }, { params, formId, locale, request }) => {
    if (!input) return showPicture(db, viewer, fields, { path: page(params), request });
    const group = await getActorPage(db, params.handle.toLowerCase());
    if (group?.type !== "Group") throw new Refusal("not-found");
    await openDiscussion(db, viewer, group.id, { ...input, id: formId, language: locale });
    return discussionPath(formId);
  },
});
