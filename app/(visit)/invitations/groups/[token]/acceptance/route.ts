import { acceptMembership } from "#lib/group/invitation/commands.ts";
import { actorPath, groupInvitationPath } from "#lib/urls.ts";
import { groupInvitationDoor } from "../../../door.ts";

export const POST = groupInvitationDoor(async (db, token, who, input) => {
  if (!who) return `/sign-in?next=${encodeURIComponent(groupInvitationPath(token))}`;
  const { handle, host } = await acceptMembership(db, who.viewer, token, input);
  return `${actorPath(handle, host)}?done=joined#done`;
});
