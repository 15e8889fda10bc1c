import { keepPicture } from "#app/_web/kept-picture.ts";
import { deskDoor } from "#app/dashboard/door.ts";
import { showPicture } from "#app/dashboard/events/ask.ts";
import { writeMessage } from "#lib/discussion/message/commands.ts";
import { messageInput } from "#lib/discussion/message/input.ts";
import { discussionPath, messagePath } from "#lib/urls.ts";
import { saidForm } from "../../said.ts";

/** Says something in a discussion. Whoever is not signed in any more signs in, and finds what was typed again. */
export const POST = deskDoor({
  input: saidForm(messageInput),
  files: { picture: keepPicture("picture") },
  page: discussionPath,
  act: async (db, { viewer }, { fields, input }, id, { formId, locale, request }) => {
    if (!input) return showPicture(db, viewer, fields, { path: discussionPath(id), request });
    await writeMessage(db, viewer, id, { ...input, id: formId, language: locale });
    return messagePath(id, formId);
  },
});
