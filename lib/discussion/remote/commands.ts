import { eq } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import type { RemoteViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { openDiscussion } from "../message/commands.ts";
import { lockDiscussion, markDiscussion, nameDiscussion } from "../thread/commands.ts";

const { discussions } = schema;

/** What a member elsewhere says of a discussion in a group of ours, and when it became so: null, as it comes. */
type Arrangement = {
  name: string;
  /** Whether nobody writes in it any more; undefined: they do not say. */
  locked?: boolean | undefined;
  updated: Date | null;
};

/** A discussion that a member elsewhere opens: by its id there, and when it became so, or came out; null: as it comes. */
type Opening = { id: string; uri: string; name: string; updated: Date | null; published: Date | null };

/**
 * Opens a discussion in a group of ours, in which a member elsewhere says nothing yet.
 * @throws Refusal as `openDiscussion`.
 */
export const openAsTold = (
  tx: Transaction,
  viewer: RemoteViewer,
  groupId: string,
  { id, uri, name, updated, published }: Opening,
): Promise<void> =>
  openDiscussion(tx, viewer, groupId, { id, uri, name, updated: updated ?? published, content: "", language: "und" });

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
