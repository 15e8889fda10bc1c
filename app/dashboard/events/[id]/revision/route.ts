import { deskDoor } from "#app/dashboard/door.ts";
import { publishEvent, updateEvent } from "#lib/event/commands.ts";
import { scheduleEvent } from "#lib/event/publication/commands.ts";
import { countToldParticipations } from "#lib/notification/queries.ts";
import { Refusal } from "#lib/refusal.ts";
import { showAgain } from "../../ask.ts";
import { eventForm } from "../../form/fields.ts";
import { isAsking } from "../../form/found.ts";
import { besideField, keepCover, publicationTime, settle } from "../../settle.ts";

const page = (id: string) => `/dashboard/events/${id}/edit`;

/** Changes an event; of a draft also whether it is public from now on, or later. */
export const POST = deskDoor({
  input: eventForm,
  files: { cover: keepCover },
  page,
  act: async (db, who, form, id, { locale }) => {
    const { intent, fields } = form;
    if (isAsking(intent)) return showAgain(db, who, form, { path: page(id), locale });
    const { state: _, ...change } = await settle(db, who, form);
    const at = intent === "schedule" ? publicationTime(form, change.timezone) : null;
    if (at && at <= new Date()) throw new Refusal("date-past", { field: "publishDate" });
    const seenAt = new Date(fields.seen);
    if (Number.isNaN(seenAt.getTime())) throw new Refusal("changed-meanwhile");
    const { tellAt } = await besideField(updateEvent(db, who.viewer, id, change, { seenAt }));
    const desk = `/dashboard/events/${id}`;
    if (intent === "preview") return `/events/${id}`;
    if (at) await scheduleEvent(db, who.viewer, id, at);
    if (at) return `${desk}?done=scheduled#done`;
    if (intent === "publish") await publishEvent(db, who.viewer, id);
    if (intent === "publish") return `${desk}?done=published#done`;
    if (tellAt) return `${desk}?done=told&count=${await countToldParticipations(db, id)}#done`;
    return `${desk}?done=${intent === "draft" || intent === "keep" ? "draft" : "saved"}#done`;
  },
});
