import { z } from "zod";
import { deskDoor } from "#app/dashboard/door.ts";
import { deleteEvent } from "#lib/event/commands.ts";
import { getDeskEvent } from "#lib/event/desk/queries.ts";
import { Refusal } from "#lib/refusal.ts";

const plain = (title: string) => title.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();

/** Deletes an event, once its title was typed. */
export const POST = deskDoor({
  input: z.object({ title: z.string().max(300, "too-long").default("") }),
  page: (id) => `/dashboard/events/${id}/deletion`,
  act: async (db, who, { title }, id) => {
    const found = await getDeskEvent(db, who.viewer, id, "remove");
    if (!found) throw new Refusal("not-found");
    if (plain(title) !== plain(found.event.name)) throw new Refusal("title-differs", { field: "title" });
    await deleteEvent(db, who.viewer, id);
    return "/dashboard?done=deleted#done";
  },
});
