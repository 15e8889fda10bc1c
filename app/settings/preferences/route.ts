import { choice, localeCookie } from "#app/_web/reader.ts";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { updatePreferences } from "#lib/account/preferences/commands.ts";
import { preferencesInput } from "#lib/account/preferences/input.ts";
import { findTown } from "#lib/place/queries.ts";
import { Refusal } from "#lib/refusal.ts";

export const POST = signedInRoute({
  input: preferencesInput,
  back: () => "/settings",
  act: async (db, { viewer }, { homeTown, ...rest }) => {
    const { town } = homeTown ? await findTown(db, homeTown) : { town: null };
    if (homeTown && !town) throw new Refusal("town-unknown", { field: "homeTown" });
    await updatePreferences(db, viewer, { ...rest, home: town });
    return { location: "/settings?done=saved#done", cookies: [choice(localeCookie, rest.language)] };
  },
});
