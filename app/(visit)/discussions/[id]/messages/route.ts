import { deskDoor } from "#app/dashboard/door.ts";
import { writeMessage } from "#lib/discussion/message/commands.ts";
import { messageInput } from "#lib/discussion/message/input.ts";
import { discussionPath, messagePath } from "#lib/urls.ts";

/** Says something in a discussion. Whoever is not signed in any more signs in, and finds what was typed again. */
export const POST = deskDoor({
  input: messageInput,
  page: discussionPath,
  act: async (db, { viewer }, input, id, { formId, locale }) => {
    await writeMessage(db, viewer, id, { ...input, id: formId, language: locale });
    return messagePath(id, formId);
  },
});
