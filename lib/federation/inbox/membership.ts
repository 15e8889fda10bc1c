import { and, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, schema, type Transaction } from "#db/client.ts";
import { takeHomeOf } from "#lib/event/remote/commands.ts";
import { changeRoleAway, endAway, inviteFromElsewhere, settleAway } from "#lib/group/away/commands.ts";
import { removeMember } from "#lib/group/departure/commands.ts";
import { inviteMember, withdrawMembership } from "#lib/group/invitation/commands.ts";
import { changeRole, decideRequest } from "#lib/group/membership/commands.ts";
import { getDeskGroup } from "#lib/group/queries.ts";
import { answerFromElsewhere } from "#lib/group/remote/commands.ts";
import { newId } from "#lib/ids.ts";
import { Refusal } from "#lib/refusal.ts";
import { ownHandle, ownId, sameOrigin } from "../addresses.ts";
import { knownActor, resolveActor } from "../remote/actor.ts";
import { isEvent } from "../remote/event.ts";
import { roleOf } from "../remote/role.ts";
import { idOf, isObject, textOf } from "../remote/values.ts";
import { asAsked, asMember, speaksFor } from "./asked.ts";
import { memberOf, ownGroup } from "./group.ts";
import type { Effect, Received } from "./receive.ts";

const { actors, memberships } = schema;
const [groups, members] = [alias(actors, "groups"), alias(actors, "members")];

const withEnds = (db: Db) =>
  db
    .select({ row: memberships, group: groups, member: members })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .innerJoin(members, eq(members.id, memberships.memberId));
type Named = Awaited<ReturnType<typeof withEnds>>[number];

/** A membership by its id: what began it, or its address here. By `memberships_uri`, or by primary key. */
async function membershipBy(db: Db, uri: string | null): Promise<Named | null> {
  if (!uri) return null;
  const own = ownId(uri, "members");
  const [found] = await withEnds(db).where(own ? eq(memberships.id, own) : eq(memberships.uri, uri));
  return found ?? null;
}

/** The same by who belongs to what: before 1.0.4, Mobilizon named the person. By `memberships_pair`. */
async function membershipOf(db: Db, person: string | null, group: string | null): Promise<Named | null> {
  const [member, of] = await Promise.all([person, group].map((uri) => (uri ? knownActor(db, uri) : null)));
  if (!member || !of) return null;
  const pair = and(eq(memberships.groupId, of.id), eq(memberships.memberId, member.id));
  const [found] = await withEnds(db).where(pair);
  return found ?? null;
}

/**
 * The answer to an Invite of ours, by whom we invited; or to a Join of ours, by whom we asked; or of whoever leads a group of
 * ours from another server, to who would come into it. Null when it is about no membership, or not theirs to answer.
 */
export async function onMembershipAnswer(received: Received, accepted: boolean): Promise<Effect> {
  const { db, sender, object } = received;
  const found = await membershipBy(db, object);
  if (!found) return null;
  const { row, group, member } = found;
  if (group.host === null && row.state === "requested" && member.id !== sender.id)
    return asAsked(received, group, (tx) => decideRequest(tx, asMember(sender), group.id, { id: row.id, accepted }));
  if (!ownId(object, "activities")) return null;
  if (group.host === null && member.id === sender.id)
    return (tx) => answerFromElsewhere(tx, memberOf(sender), group.id, { uri: row.uri!, accepted });
  if (member.host !== null || !speaksFor(received, group)) return null;
  return accepted ? (tx) => settleAway(tx, row.id, "accepted") : (tx) => endThere(tx, found);
}

/**
 * Somebody is asked into a group: one of ours by a group of another server, or by somebody of its server; or anybody, into a
 * group of ours, by a member elsewhere who may. Null when that is not what was said: Hubzilla invites to events.
 */
export async function onGroupInvite(received: Received): Promise<Effect> {
  const { db, sender, object, target } = received;
  const group = await ownGroup(db, object);
  if (!group) return onInviteAway(received);
  const inviter = asMember(sender);
  // Nobody else has us ask other servers for people.
  const may = target && (await getDeskGroup(db, inviter, group.id, "invite"));
  const invited = may ? await resolveActor(db, target) : null;
  const formId = newId();
  return asAsked(received, group, async (tx) => {
    if (!invited) throw new Refusal(may ? "address-unknown-there" : "not-found");
    await inviteMember(tx, inviter, group.id, { who: { actorId: invited.id }, language: "en", formId });
  });
}

async function onInviteAway({ db, sender, actor, id, object, target, raw }: Received): Promise<Effect> {
  const handle = ownHandle(target);
  if (!handle || !object || !sameOrigin(object, actor) || (isObject(raw.object) && isEvent(raw.object))) return null;
  const [invited] = await db
    .select()
    .from(actors)
    .where(and(eq(actors.handle, handle), isNull(actors.host)));
  if (invited?.type !== "Person" || !invited.accountId || invited.deletedAt || invited.suspendedAt) return null;
  const group = await resolveActor(db, object);
  if (group?.type !== "Group" || group.host === null) return null;
  const invitedById = sender.id === group.id ? null : sender.id;
  const { host } = group;
  return (tx) => inviteFromElsewhere(tx, { groupId: group.id, host, memberId: invited.id, invitedById, uri: id });
}

/**
 * Somebody is taken out of a group, or their invitation back: of theirs one of ours, by whoever speaks for it; of ours whom a
 * moderator there may send away, decline, or ask in no more.
 */
export async function onRemove(received: Received): Promise<Effect> {
  const { db, object, target, raw } = received;
  const from = idOf(raw.origin) ?? target;
  const found = (await membershipBy(db, object)) ?? (await membershipOf(db, object, from));
  return found && end(received, found);
}

const end = (received: Received, found: Named): Effect => {
  const { sender } = received;
  const { row, group, member } = found;
  if (group.host === null)
    return asAsked(received, group, async (tx) => {
      const [viewer, { id, state }] = [asMember(sender), row];
      if (state === "invited") await withdrawMembership(tx, viewer, group.id, id);
      else if (state === "requested") await decideRequest(tx, viewer, group.id, { id, accepted: false });
      else await removeMember(tx, viewer, group.id, id);
    });
  return member.host === null && speaksFor(received, group) ? (tx) => endThere(tx, found) : null;
};

/** What one of ours made for a group elsewhere that has not shown it is their own, once they belong to it no more. */
async function endThere(tx: Transaction, { row, group, member }: Named): Promise<void> {
  await endAway(tx, row.id);
  await takeHomeOf(tx, group.id, member.id);
}

/** Another role for a member, as Mobilizon says it: by whoever may end the membership as well, or give roles. */
export async function onMemberUpdate(received: Received): Promise<Effect> {
  const { db, sender, object, raw } = received;
  const said = isObject(raw.object) ? raw.object : {};
  const found = (await membershipBy(db, object)) ?? (await membershipOf(db, idOf(said.actor), idOf(said.object)));
  if (!found) return null;
  const { row, group, member } = found;
  const word = textOf(said.role);
  if (word === "rejected") return end(received, found);
  const role = roleOf(word);
  if (!role) return null;
  if (group.host === null)
    return asAsked(received, group, (tx) => changeRole(tx, asMember(sender), group.id, { id: row.id, role }));
  return member.host === null && speaksFor(received, group) ? (tx) => changeRoleAway(tx, row.id, role) : null;
}

/** Whether an object is a membership. */
export const isMember = (object: unknown): boolean => isObject(object) && textOf(object.type) === "Member";

/** A group takes its Invite back. By `memberships_uri`. */
export async function onInviteUndone(received: Received, uri: string): Promise<Effect> {
  const found = await membershipBy(received.db, uri);
  return found && found.group.host !== null ? end(received, found) : null;
}
