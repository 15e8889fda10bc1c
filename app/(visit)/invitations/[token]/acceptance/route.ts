import { acceptInvitation } from "#lib/event/staff/commands.ts";
import { invitationPath, signInAt } from "#lib/urls.ts";
import { invitationDoor } from "../../door.ts";

export const POST = invitationDoor(async (db, token, who) => {
  if (!who) return signInAt(invitationPath(token));
  return `/dashboard/events/${await acceptInvitation(db, who.viewer, token)}?done=joined#done`;
});
