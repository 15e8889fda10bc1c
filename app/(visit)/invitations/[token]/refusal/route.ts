import { declineInvitation } from "#lib/event/staff/commands.ts";
import { invitationDoor } from "../../door.ts";

export const POST = invitationDoor(async (db, token) => {
  await declineInvitation(db, token);
  return "/invitations/declined";
});
