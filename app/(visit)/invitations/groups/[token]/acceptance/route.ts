import { acceptMembership } from "#lib/group/invitation/commands.ts";
import { actorPath, groupInvitationPath, signInAt } from "#lib/urls.ts";
import { groupInvitationDoor } from "../../../door.ts";

export const POST = groupInvitationDoor(async (db, token, who, input) => {
  if (!who) return signInAt(groupInvitationPath(token));
  const { handle, host } = await acceptMembership(db, who.viewer, token, input);
  return `${actorPath(handle, host)}?done=joined#done`;
});
