import type { Database } from "#db/client.ts";
import type { ActorRow } from "#lib/actor/queries.ts";
import { findActor } from "#lib/federation/remote/lookup.ts";
import { getDeskGroup } from "#lib/group/queries.ts";
import { spend } from "#lib/limits/commands.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";

/**
 * Who an address names, looked for on its own server as it is now: for whoever may move the group `id`, within what an account
 * may look up. @throws Refusal not-found, too-many-requests, and as `findActor`.
 */
export async function findFor(db: Database, viewer: AccountViewer, id: string, address: string): Promise<ActorRow> {
  if (!(await getDeskGroup(db, viewer, id, "move"))) throw new Refusal("not-found");
  await spend(db, "look-up", viewer.accountId);
  return findActor(db, address);
}

/** Does something with what was typed in a field: what stands in the way is said beside that. */
export async function beside<T>(field: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal && !error.field && error.code !== "not-found")
      throw new Refusal(error.code, { field, retryAfter: error.retryAfter });
    throw error;
  }
}
