import { and, eq } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { Refusal } from "#lib/refusal.ts";
import type { Deed, Entry } from "../log/commands.ts";

const { groupLog } = schema;

/** What the server of a group can be asked to do. Each has a sentence in `group.ts` of every language. */
export const asks = [
  "invited",
  "withdrawn",
  "accepted",
  "rejected",
  "role",
  "removed",
  "discussion-named",
  "discussion-locked",
  "discussion-unlocked",
  "discussion-deleted",
  "message-deleted",
  "event-taken-out",
  "post-deleted",
  "resource-deleted",
] as const satisfies Deed[];
export type AskKind = (typeof asks)[number];

/** What became of a decision about a group: done, where it is of this server; asked for, where another decides. */
export type Decided = "done" | "asked";

/**
 * Asks the server of a group elsewhere to do what somebody here may do there, in their name: nothing changes here until it
 * answers. `object` is what is changed, and what it is called, or is to be called. With the `id` of a form: sent twice, it is
 * one.
 * @throws Refusal not-found for nobody, and for what no server is asked to do.
 */
export async function askAway(
  tx: Transaction,
  { object, ...entry }: Entry & { object: { id: string; name: string } },
  id: string = newId(),
): Promise<"asked"> {
  if (!entry.actorId || !asks.some((kind) => kind === entry.kind)) throw new Refusal("not-found");
  const about = { objectId: object.id, name: object.name.slice(0, 200) };
  await tx
    .insert(groupLog)
    .values({ ...entry, ...about, id, asked: "waiting" })
    .onConflictDoNothing();
  await enqueue(tx, "ask-out", { askId: id });
  return "asked";
}

/** Writes down what the group's server answered. Returns whether it had not answered before. */
export async function settleAsk(tx: Transaction, id: string, asked: "done" | "refused"): Promise<boolean> {
  const open = and(eq(groupLog.id, id), eq(groupLog.asked, "waiting"));
  const settled = await tx.update(groupLog).set({ asked }).where(open).returning({ id: groupLog.id });
  return settled.length > 0;
}
