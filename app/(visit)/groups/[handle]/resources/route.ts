import { database } from "#app/_web/database.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import { getActorPage } from "#lib/actor/queries.ts";
import { Refusal } from "#lib/refusal.ts";
import { addResource } from "#lib/resource/commands.ts";
import { resourceInput } from "#lib/resource/input.ts";
import { resourcePath, resourcesPath } from "#lib/urls.ts";
import { pageOf } from "../../door.ts";

/**
 * Puts a link, a folder, a pad or a call among a group's resources. Whoever is not signed in any more signs in, and finds
 * what was typed again.
 */
export const POST = formRoute<typeof resourceInput, { handle: string }>({
  input: resourceInput,
  back: ({ handle }) => `${pageOf(handle)}/resources/new`,
  act: async (input, { params, formId }) => {
    const who = await getSignedIn();
    if (!who) throw new Refusal("sign-in-first");
    const group = await getActorPage(database(), params.handle.toLowerCase());
    if (group?.type !== "Group") throw new Refusal("not-found");
    await addResource(database(), who.viewer, group.id, { ...input, id: formId });
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
