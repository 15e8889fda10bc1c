import { eq } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import type { RemoteViewer } from "#lib/policy/viewer.ts";
import { lockResource, moveResource, reviseResource } from "../commands.ts";
import type { RevisionInput } from "../input.ts";

const { resources } = schema;

/**
 * Changes and moves a resource in a group of ours as a member elsewhere says, and when it became so (`updated`; null: as it
 * comes). An older or equal word changes nothing. Returns whether it was newer.
 * @throws Refusal not-found, gone, required, choice-invalid, folder-deep.
 */
export async function reviseAsTold(
  tx: Transaction,
  viewer: RemoteViewer,
  id: string,
  { folder, updated, ...words }: RevisionInput & { folder: string | null; updated: Date | null },
): Promise<boolean> {
  const { resource } = await lockResource(tx, viewer, id);
  if (updated && updated <= resource.updatedAt) return false;
  await reviseResource(tx, viewer, id, words);
  await moveResource(tx, viewer, id, { folder });
  if (updated) await tx.update(resources).set({ updatedAt: updated }).where(eq(resources.id, id));
  return true;
}
