import { groupDoor } from "#app/dashboard/groups/door.ts";
import type { Database } from "#db/client.ts";
import { findByHandle } from "#lib/federation/remote/lookup.ts";
import { handleElsewhere, type Invitee, inviteMember } from "#lib/group/invitation/commands.ts";
import { groupInvitationInput } from "#lib/group/invitation/input.ts";
import { getDeskGroup } from "#lib/group/queries.ts";
import { spend } from "#lib/limits/commands.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";

/** Asks somebody into the group. */
export const POST = groupDoor({
  input: groupInvitationInput,
  page: "members",
  act: async (db, { viewer }, { who }, id, { formId, locale }) => {
    const group = await getDeskGroup(db, viewer, id, "invite", { anywhere: true });
    if (!group) throw new Refusal("not-found");
    await inviteMember(db, viewer, id, { who: await inviteeOf(db, viewer, who), formId, language: locale });
    return group.host === null ? "invited" : "asked";
  },
});

/** Somebody of another server is looked for there first, within what an account may look up. */
async function inviteeOf(db: Database, viewer: AccountViewer, who: string): Promise<Invitee> {
  const handle = handleElsewhere(who);
  if (!handle) return who;
  await spend(db, "look-up", viewer.accountId);
  try {
    return { actorId: (await findByHandle(db, handle)).id };
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(error.code, { field: "who" }) : error;
  }
}
