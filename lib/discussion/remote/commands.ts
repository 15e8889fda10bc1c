import { eq } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import type { RemoteViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { lockDiscussion, markDiscussion, nameDiscussion } from "../thread/commands.ts";

const { discussions } = schema;

/** What a member elsewhere says of a discussion in a group of ours, and when it became so: null, as it comes. */
export type Arrangement = {
  name: string;
  /** Whether nobody writes in it any more; undefined: they do not say. */
  locked?: boolean | undefined;
  updated: Date | null;
};

/**
 * Gives a discussion in a group of ours the title that a member elsewhere says, and locks or opens it, by the rules of the group.
 * @throws Refusal not-found, also for who may not; gone; changed-meanwhile for a word that is not newer.
 */
export async function arrangeAsTold(
  tx: Transaction,
  viewer: RemoteViewer,
  id: string,
  { name, locked, updated }: Arrangement,
): Promise<void> {
  const { discussion } = await lockDiscussion(tx, viewer, id, "discuss");
  if (updated && updated <= discussion.updatedAt) throw new Refusal("changed-meanwhile");
  await nameDiscussion(tx, viewer, id, { name });
  if (locked !== undefined && locked !== discussion.locked)
    await markDiscussion(tx, viewer, id, locked ? "locked" : "unlocked");
  if (updated) await tx.update(discussions).set({ updatedAt: updated }).where(eq(discussions.id, id));
}
