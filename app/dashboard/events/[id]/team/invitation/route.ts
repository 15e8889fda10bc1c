import { deskDoor } from "#app/dashboard/door.ts";
import { inviteStaff } from "#lib/event/staff/commands.ts";
import { invitationInput } from "#lib/event/staff/input.ts";

/** Invites somebody to help with the event. */
export const POST = deskDoor({
  input: invitationInput,
  page: (id) => `/dashboard/events/${id}/team`,
  act: async (db, { viewer }, input, id, { formId, locale }) => {
    await inviteStaff(db, viewer, id, { ...input, formId, language: locale });
    return `/dashboard/events/${id}/team?done=invited#done`;
  },
});
