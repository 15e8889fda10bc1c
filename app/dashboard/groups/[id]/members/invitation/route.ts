import { groupDoor } from "#app/dashboard/groups/door.ts";
import { inviteMember } from "#lib/group/invitation/commands.ts";
import { groupInvitationInput } from "#lib/group/invitation/input.ts";

/** Asks somebody into the group. */
export const POST = groupDoor({
  input: groupInvitationInput,
  page: "members",
  act: async (db, { viewer }, { who }, id, { formId, locale }) => {
    await inviteMember(db, viewer, id, { who, formId, language: locale });
    return "invited";
  },
});
