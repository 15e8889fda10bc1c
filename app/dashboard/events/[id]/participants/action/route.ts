import { z } from "zod";
import { deskDoor } from "#app/dashboard/door.ts";
import type { Database } from "#db/client.ts";
import { keepForm } from "#lib/form/commands.ts";
import { decideParticipation } from "#lib/participation/decision/commands.ts";
import { moveUp, patience, removeParticipation, statesOf } from "#lib/participation/desk/commands.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { ownPath } from "#lib/urls.ts";

const page = (id: string) => `/dashboard/events/${id}/participants`;
const one = z.string().max(36);

const input = z.object({
  act: z.enum(["approve", "reject", "remove", "moveUp"], "choice-invalid"),
  person: z
    .union([one.transform((id) => [id]), z.array(one).max(100)])
    .default([])
    .transform((all) => [...new Set(all)]),
  reason: z.string().trim().max(500, "too-long").default(""),
  back: z.string().max(500).default(""),
});

type Act = z.infer<typeof input>["act"];

const ways: Record<Act, (db: Database, viewer: Viewer, participationId: string, reason: string) => Promise<void>> = {
  approve: (db, viewer, participationId) =>
    decideParticipation(db, viewer, { participationId, decision: "approve", waits: patience }),
  reject: (db, viewer, participationId, reason) =>
    decideParticipation(db, viewer, { participationId, decision: "reject", reason, waits: patience }),
  remove: (db, viewer, participationId) => removeParticipation(db, viewer, participationId),
  moveUp: (db, viewer, participationId) => moveUp(db, viewer, participationId),
};
const said: Record<Act, string> = { approve: "approved", reject: "rejected", remove: "removed", moveUp: "moved" };

/** Does one thing to all who were chosen, one after the other; what cannot be done for one is counted, not the end of it. */
export const POST = deskDoor({
  input,
  page,
  act: async (db, { viewer }, { act, person, reason, back }, id) => {
    const before = await statesOf(db, viewer, id, person);
    if (before.length === 0) throw new Refusal("nobody-chosen");
    const changed: typeof before = [];
    for (const one of before)
      try {
        await ways[act](db, viewer, one.id, reason);
        changed.push(one);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    const query = new URL(ownPath(back, page(id)), "http://own").searchParams;
    for (const name of ["done", "count", "undo", "refused", "form"]) query.delete(name);
    query.set("done", said[act]);
    query.set("count", String(changed.length));
    if (changed.length < before.length) query.set("refused", String(before.length - changed.length));
    if (changed.length > 0 && act !== "moveUp") {
      const values = { id: changed.map((one) => one.id), state: changed.map((one) => one.state) };
      const by = { accountId: viewer.accountId };
      query.set("undo", await keepForm(db, { path: `${page(id)}/undo`, outcome: "undo", values, by }));
    }
    return `${page(id)}?${query}#done`;
  },
});
