import { deskDoor } from "#app/dashboard/door.ts";
import { spend } from "#lib/limits/commands.ts";
import { showAgain } from "../../ask.ts";
import { eventForm } from "../../form/fields.ts";
import { isAsking } from "../../form/found.ts";
import { labelsOf } from "../../form/labels.ts";
import { revise } from "../../revise.ts";
import { pictures } from "../../settle.ts";

const page = (id: string) => `/dashboard/events/${id}/edit`;

/** Changes an event; of a draft also whether it is public from now on, or later. */
export const POST = deskDoor({
  input: eventForm,
  files: pictures,
  labels: labelsOf,
  page,
  act: async (db, who, form, id, { locale, request }) => {
    const { intent, fields } = form;
    if (isAsking(intent)) return showAgain(db, who, form, { path: page(id), locale, request });
    if (intent === "autosave") await spend(db, "autosave", who.viewer.accountId);
    return revise(db, who, form, { id, seen: fields.seen });
  },
});
