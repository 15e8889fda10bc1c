import { keepPicture } from "#app/_web/kept-picture.ts";
import { deskDoor } from "#app/dashboard/door.ts";
import { showPicture } from "#app/dashboard/events/ask.ts";
import { reviseMessage } from "#lib/discussion/message/commands.ts";
import { revisionInput } from "#lib/discussion/message/input.ts";
import { messagePath } from "#lib/urls.ts";
import { saidForm } from "../../../discussions/said.ts";

const page = (id: string) => `/messages/${id}/edit`;

/** Changes the words of one's own message. */
export const POST = deskDoor({
  input: saidForm(revisionInput),
  files: { picture: keepPicture("picture") },
  page,
  act: async (db, { viewer }, { fields, input }, id, { request }) =>
    input
      ? messagePath((await reviseMessage(db, viewer, id, input)).discussionId, id)
      : showPicture(db, viewer, fields, { path: page(id), request }),
});
