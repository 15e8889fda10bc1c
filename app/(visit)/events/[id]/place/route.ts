import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { spend } from "#lib/limits/commands.ts";
import { profileInput } from "#lib/participation/input.ts";
import { joinAsProfile } from "#lib/participation/profile/commands.ts";
import { eventPath } from "#lib/urls.ts";

/** Takes part as one of one's own profiles: no address, no mail to wait for. */
export const POST = signedInRoute<typeof profileInput, { id: string }>({
  input: profileInput,
  back: ({ id }) => eventPath(encodeURIComponent(id)),
  act: async (db, { viewer }, input, { params: { id } }) => {
    await spend(db, "join-account", viewer.accountId);
    await joinAsProfile(db, viewer, id, input);
    return `${eventPath(id)}#join`;
  },
});
