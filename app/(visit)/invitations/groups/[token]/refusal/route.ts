import { declineMembership } from "#lib/group/invitation/commands.ts";
import { groupInvitationDoor } from "../../../door.ts";

export const POST = groupInvitationDoor(async (db, token) => {
  await declineMembership(db, token);
  return "/invitations/declined";
});
