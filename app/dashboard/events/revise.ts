import type { SignedIn } from "#app/_web/viewer.ts";
import type { Database } from "#db/client.ts";
import { updateEvent } from "#lib/event/commands.ts";
import { getDeskEvent } from "#lib/event/desk/queries.ts";
import { publishEvent, scheduleEvent } from "#lib/event/publication/commands.ts";
import { countToldParticipations } from "#lib/notification/queries.ts";
import { Refusal } from "#lib/refusal.ts";
import type { EventForm } from "./form/fields.ts";
import { besideField, publicationTime, settle } from "./settle.ts";

/** What a script is told of a draft that it saved: the version that its next save must have seen, by which door, and its page. */
export const draftSaved = (updatedAt: Date, { action, page }: { action: string; page: string }): Response =>
  Response.json({ seen: updatedAt.toISOString(), action, page }, { headers: { "Cache-Control": "no-store" } });

/** Where a draft that saved itself is changed from then on. */
export const deskOf = (id: string) => ({
  action: `/dashboard/events/${id}/revision`,
  page: `/dashboard/events/${id}/edit`,
});

/**
 * Changes an event that was seen as it was at `seen`; of a draft also whether it is public from now on, or later. What
 * saves by itself changes drafts alone: others may read the rest, so somebody must have meant it.
 */
export async function revise(
  db: Database,
  who: SignedIn,
  form: EventForm,
  { id, seen }: { id: string; seen: string },
): Promise<string | Response> {
  const { intent } = form;
  const { state: _, ...change } = await settle(db, who, form);
  const at = intent === "schedule" ? publicationTime(form, change.timezone) : null;
  if (at && at <= new Date()) throw new Refusal("date-past", { field: "publishDate" });
  const seenAt = new Date(seen);
  if (Number.isNaN(seenAt.getTime())) throw new Refusal("changed-meanwhile");
  // Whoever publishes it after this question makes another version of it, which was not seen.
  if (intent === "autosave" && (await getDeskEvent(db, who.viewer, id))?.event.state !== "draft")
    throw new Refusal("changed-meanwhile");
  const changed = await besideField(updateEvent(db, who.viewer, id, change, { seenAt }));
  const { tellAt, updatedAt } = changed;
  if (intent === "autosave") return draftSaved(updatedAt, deskOf(id));
  const desk = `/dashboard/events/${id}`;
  if (intent === "preview") return `/events/${id}`;
  if (at) await scheduleEvent(db, who.viewer, id, at);
  if (at) return `${desk}?done=scheduled#done`;
  if (intent === "publish") await publishEvent(db, who.viewer, id);
  if (intent === "publish") return `${desk}?done=published#done`;
  if (tellAt) return `${desk}?done=told&count=${await countToldParticipations(db, id, changed)}#done`;
  return `${desk}?done=${intent === "draft" || intent === "keep" ? "draft" : "saved"}#done`;
}
