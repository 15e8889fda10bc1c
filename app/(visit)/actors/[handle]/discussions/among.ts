import { database } from "#app/_web/database.ts";
import { pieceOf } from "#app/_web/request.ts";
import { type SignedIn, signedInAt } from "#app/_web/viewer.ts";
import type { ActorRow } from "#lib/actor/queries.ts";
import { getOwnGroup } from "#lib/group/queries.ts";
import { pageOf } from "../../../groups/door.ts";
import { actorOfPage } from "../told.ts";

/** `handle` is `name`, or `name@host` of another server, as in the address of the page. */
export const discussionsPath = (handle: string): string => `${pageOf(pieceOf(handle))}/discussions`;

/** The group of a page that is for its members alone, and who reads it; `group` is null for all others. */
export async function amongMembers(
  handle: string,
  page: string,
  form?: unknown,
): Promise<SignedIn & { group: ActorRow | null }> {
  const who = await signedInAt(page, form);
  const actor = await actorOfPage(handle);
  return { ...who, group: actor ? await getOwnGroup(database(), who.viewer, actor.id) : null };
}
