import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { getActorPage } from "#lib/actor/queries.ts";
import { Refusal } from "#lib/refusal.ts";
import { addResource } from "#lib/resource/commands.ts";
import { resourceInput } from "#lib/resource/input.ts";
import { resourcePath, resourcesPath } from "#lib/urls.ts";
import { pageOf } from "../../door.ts";

/** Puts a link, a folder, a pad or a call among a group's resources. */
export const POST = signedInRoute<typeof resourceInput, { handle: string }>({
  input: resourceInput,
  back: ({ handle }) => `${pageOf(handle)}/resources/new`,
  act: async (db, { viewer }, input, { params, formId }) => {
    const group = await getActorPage(db, params.handle.toLowerCase());
    if (group?.type !== "Group") throw new Refusal("not-found");
    await addResource(db, viewer, group.id, { ...input, id: formId });
    // What was just made is where one wishes to be; a link is left where it was put.
    const there =
      input.type !== "link"
        ? resourcePath(formId)
        : input.folder
          ? resourcePath(input.folder)
          : resourcesPath(group.handle, group.host);
    return `${there}?done=added#done`;
  },
});
