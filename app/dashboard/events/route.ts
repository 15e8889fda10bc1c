import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { createEvent } from "#lib/event/commands.ts";
import { getDeskEvent } from "#lib/event/desk/queries.ts";
import { scheduleEvent } from "#lib/event/publication/commands.ts";
import { spend } from "#lib/limits/commands.ts";
import { Refusal } from "#lib/refusal.ts";
import { showAgain } from "./ask.ts";
import { eventForm } from "./form/fields.ts";
import { isAsking } from "./form/found.ts";
import { labelsOf } from "./form/labels.ts";
import { deskOf, draftSaved, revise } from "./revise.ts";
import { besideField, pictures, publicationTime, settle } from "./settle.ts";

const page = "/dashboard/events/new";

/** Makes an event: a draft, or at once public. A form sent twice makes one. */
export const POST = signedInRoute({
  input: eventForm,
  files: pictures,
  labels: labelsOf,
  back: () => page,
  act: async (db, who, form, { formId, locale, request }) => {
    const { intent, fields } = form;
    if (isAsking(intent)) return showAgain(db, who, form, { path: page, locale, request });
    const desk = `/dashboard/events/${formId}`;
    const found = await getDeskEvent(db, who.viewer, formId);
    // A form that saved itself, whose browser was never told so; what others may read was sent twice, and is done.
    if (found?.event.state === "draft")
      return revise(db, who, form, { id: formId, seen: found.event.updatedAt.toISOString() });
    if (found) return desk;
    const input = await settle(db, who, form);
    const at = intent === "schedule" ? publicationTime(form, input.timezone) : null;
    if (at && at <= new Date()) throw new Refusal("date-past", { field: "publishDate" });
    await spend(db, "new-event", who.viewer.accountId);
    const state = intent === "publish" ? ("published" as const) : ("draft" as const);
    await besideField(createEvent(db, who.viewer, fields.organizer, { ...input, state, id: formId }));
    if (intent === "autosave")
      return draftSaved((await getDeskEvent(db, who.viewer, formId))!.event.updatedAt, deskOf(formId));
    if (at) await scheduleEvent(db, who.viewer, formId, at);
    if (intent === "preview") return `/events/${formId}`;
    return `${desk}?done=${at ? "scheduled" : state === "published" ? "published" : "draft"}#done`;
  },
});
