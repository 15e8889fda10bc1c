import { database } from "#app/_web/database.ts";
import { type SignedIn, signedInAt } from "#app/_web/viewer.ts";
import { type DeskGroup, getDeskGroup } from "#lib/group/queries.ts";
import { actorPath } from "#lib/urls.ts";
import { actorOfPage } from "../told.ts";

export const discussionsPath = (handle: string): string => `${actorPath(handle)}/discussions`;

/** The group of a page that is for its members alone, and who reads it; `group` is null for all others. */
export async function amongMembers(handle: string, page: string): Promise<SignedIn & { group: DeskGroup | null }> {
  const who = await signedInAt(page);
  const actor = await actorOfPage(handle);
  return { ...who, group: actor ? await getDeskGroup(database(), who.viewer, actor.id, "see") : null };
}
